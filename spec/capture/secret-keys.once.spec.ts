import { isSecretKey, normalizeKey } from '../../lib/capture/secret-keys.js';

it.each([
  ['password', 'password'],
  ['API-Key', 'apikey'],
  ['api_key', 'apikey'],
  ['Api Key', 'apikey'],
  ['api.key', 'apikey'],
  ['api:key', 'apikey'],
  ['--x--API__key..', 'xapikey'],
  ['', ''],
])('%s is compared as %s', (key, normalized) => {
  expect(normalizeKey(key)).toBe(normalized);
});

it.each([
  'password',
  'userPassword',
  'confirmPassword',
  'secret',
  'client_secret',
  'secretAccessKey',
  'apiKey',
  'OPENAI_API_KEY',
  'x-api-key',
  'Ocp-Apim-Subscription-Key',
  'Authorization',
  'Proxy-Authorization',
  'Cookie',
  'Set-Cookie',
  'token',
  'access_token',
  'refreshToken',
  'X-XSRF-Token',
  'hf_token',
  'privateKey',
  'accessKeyId',
  'credentials',
  'connectionString',
  'jwt',
  'cvv',
  'socialSecurityNumber',
])('what stands under %s is withheld', (key) => {
  expect(isSecretKey(normalizeKey(key))).toBe(true);
});

it.each([
  'tokens',
  'max_tokens',
  'token_count',
  'completionTokens',
  'secretary',
  'passwordPolicy',
  'keyboard',
  'key',
  'authorizationUrl',
  'author',
  'cookiePolicy',
  '',
])('what stands under "%s" is shown', (key) => {
  expect(isSecretKey(normalizeKey(key))).toBe(false);
});
