/**
 * Names under which people keep secrets, lower case, without separators. Whole names only: `token` is one,
 * `tokens`, `max_tokens` and `token_count` are not.
 */
const SECRET_KEYS = new Set(
  `password passwd pwd passphrase passcode userpassword dbpassword databasepassword newpassword oldpassword currentpassword
   confirmpassword passwordconfirmation passwordhash adminpassword rootpassword
   secret secrets clientsecret appsecret apisecret sharedsecret webhooksecret signingsecret jwtsecret sessionsecret cookiesecret
   secretkey secretaccesskey awssecretaccesskey awssecretkey stripesecretkey
   apikey apikeys xapikey apitoken openaiapikey anthropicapikey azureapikey azureopenaiapikey googleapikey geminiapikey
   mistralapikey cohereapikey groqapikey xaiapikey huggingfaceapikey phoenixapikey arizeapikey ocpapimsubscriptionkey subscriptionkey
   authorization proxyauthorization xauthorization authheader xamzsecuritytoken
   cookie cookies setcookie
   token tokensecret accesstoken refreshtoken idtoken authtoken bearertoken sessiontoken securitytoken csrftoken xsrftoken
   xcsrftoken xxsrftoken oauthtoken usertoken devicetoken resettoken authenticationtoken personalaccesstoken githubtoken gitlabtoken
   slacktoken bottoken servicetoken hftoken npmtoken xauthtoken xaccesstoken
   privatekey sshprivatekey sshkey rsaprivatekey pgpprivatekey signingkey encryptionkey masterkey accesskey accesskeyid accountkey
   serviceaccountkey credential credentials connectionstring
   jwt otp totp onetimepassword mfacode cvv cvc cvv2 cvc2 ssn socialsecuritynumber`.split(/\s+/),
);

/** What a key ends with that a vendor or a service has put its name before: `x-goog-api-key`, `AWS_SESSION_TOKEN`. */
const SECRET_ENDINGS =
  /(?:apikey|secretkey|secretaccesskey|clientsecret|webhooksecret|privatekey|password|passphrase|connectionstring|(?:access|auth|api|bearer|refresh|session|security)token)$/;

const SEPARATORS = /[\s_.:-]+/g;

/** A key as the redaction compares it: lower case, separators removed. */
export function normalizeKey(key: string): string {
  return key.replace(SEPARATORS, '').toLowerCase();
}

/** Whether the default redaction withholds what stands under this key. */
export function isSecretKey(normalizedKey: string): boolean {
  return SECRET_KEYS.has(normalizedKey) || SECRET_ENDINGS.test(normalizedKey);
}
