import { redactSecrets } from '../../lib/capture/secret-patterns.js';

const TAIL = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6';
const LONG = 'and so on, '.repeat(20);

/** Each secret with as few characters as are taken for one. */
describe.each<[string, string]>([
  ['OpenAI', `sk-${TAIL.slice(0, 16)}`],
  ['OpenAI, a project’s', `sk-proj-${TAIL.slice(0, 11)}`],
  ['Langfuse, public', `pk-lf-${TAIL.slice(0, 13)}`],
  ['rk-', `rk-${TAIL.slice(0, 16)}`],
  ['Stripe, live', `sk_live_${TAIL.slice(0, 10)}`],
  ['Stripe, test', `rk_test_${TAIL.slice(0, 10)}`],
  ['Stripe, publishable', `pk_live_${TAIL.slice(0, 10)}`],
  ['Stripe webhooks', `whsec_${TAIL.slice(0, 16)}`],
  ['AWS', 'AKIAIOSFODNN7EXAMPLE'],
  ['AWS, temporary', 'ASIAIOSFODNN7EXAMPLE'],
  ['Google', `AIza${TAIL.slice(0, 30)}`],
  ['Google OAuth', `ya29.${TAIL.slice(0, 20)}`],
  ['GitHub', `ghp_${TAIL.slice(0, 20)}`],
  ['GitHub OAuth', `gho_${TAIL.slice(0, 20)}`],
  ['GitHub, a user’s', `ghu_${TAIL.slice(0, 20)}`],
  ['GitHub, a server’s', `ghs_${TAIL.slice(0, 20)}`],
  ['GitHub refresh', `ghr_${TAIL.slice(0, 20)}`],
  ['GitHub, fine-grained', `github_pat_${TAIL.slice(0, 20)}`],
  ['GitLab', `glpat-${TAIL.slice(0, 16)}`],
  ['Slack', `xoxb-${TAIL.slice(0, 10)}`],
  ['Hugging Face', `hf_${TAIL.slice(0, 20)}`],
  ['Groq', `gsk_${TAIL.slice(0, 20)}`],
  ['xAI', `xai-${TAIL.slice(0, 20)}`],
  ['Perplexity', `pplx-${TAIL.slice(0, 20)}`],
  ['Replicate', `r8_${TAIL.slice(0, 20)}`],
  ['Tavily', `tvly-${TAIL.slice(0, 16)}`],
  ['npm', `npm_${TAIL.slice(0, 30)}`],
  ['PyPI', `pypi-${TAIL.slice(0, 30)}`],
  ['SendGrid', `SG.${TAIL.slice(0, 16)}.${TAIL.slice(0, 16)}`],
  ['the head of a JWT', 'eyJhbGciOiJ'],
  ['Bearer', 'Bearer a1B2c3D4e5F6'],
  ['bearer', 'bearer a1B2c3D4e5F6'],
  ['BEARER', 'BEARER a1B2c3D4e5F6'],
])('%s', (_, secret) => {
  it('is withheld in a short text', () => {
    expect(redactSecrets(`see ${secret} here`)).toBe('see __REDACTED__ here');
  });

  it('is withheld in a long text, at every place', () => {
    expect(redactSecrets(`${LONG}${secret} ${LONG}"${secret}"`)).toBe(`${LONG}__REDACTED__ ${LONG}"__REDACTED__"`);
  });

  it('is shown with a character fewer', () => {
    const text = `see ${secret.slice(0, -1)} here`;
    expect(redactSecrets(text)).toBe(text);
  });
});

it.each<[string, string, string]>([
  ['a JWT with all its parts', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-def_ghi', '__REDACTED__'],
  ['a JWT’s head of 13 characters, alone', 'eyJhbGciOiJIU', '__REDACTED__'],
  ['a JWE, whose second part may be empty', 'eyJhbGciOiJkaXIifQ..aXY.Y2lwaGVy.dGFn', '__REDACTED__'],
  ['five parts and no more', 'eyJhbGciOiJIUzI1NiJ9.a.b.c.d.e', '__REDACTED__.e'],
  ['a bearer token’s padding', 'Bearer a1B2c3D4e5F6== ok', '__REDACTED__ ok'],
  ['a bearer token behind a colon', 'Bearer: a1B2c3D4e5F6', '__REDACTED__'],
  ['words behind "Bearer"', 'Bearer representatives of 1999', 'Bearer representatives of 1999'],
  ['an AWS id with a character more', 'AKIAIOSFODNN7EXAMPLEX', 'AKIAIOSFODNN7EXAMPLEX'],
  ['the middle of a word', 'desk-a1B2c3D4e5F6g7H8i9', 'desk-a1B2c3D4e5F6g7H8i9'],
  [
    'a private key',
    'key: -----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----, done',
    'key: __REDACTED__, done',
  ],
  ['an OpenSSH key', '-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----', '__REDACTED__'],
  ['an EC key', '-----BEGIN EC PRIVATE KEY-----\nMHcC\n-----END EC PRIVATE KEY-----', '__REDACTED__'],
  ['a PGP key', '-----BEGIN PGP PRIVATE KEY BLOCK-----\nlQOY\n-----END PGP PRIVATE KEY BLOCK-----.', '__REDACTED__.'],
  ['a private key without an end', 'a -----BEGIN RSA PRIVATE KEY-----\nMIIE\nand all the rest', 'a __REDACTED__'],
  [
    'two private keys',
    '-----BEGIN PRIVATE KEY-----\na\n-----END PRIVATE KEY-----\nb\n-----BEGIN PRIVATE KEY-----\nc\n-----END PRIVATE KEY-----',
    '__REDACTED__\nb\n__REDACTED__',
  ],
  [
    'a public key',
    '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----',
    '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----',
  ],
  ['a card number', 'card 4111111111111111', 'card __REDACTED__'],
  ['a card number beside a token', 'hf_a1B2c3D4e5F6g7H8i9J0 4111 1111 1111 1111', '__REDACTED__ __REDACTED__'],
  ['a text of 13 characters', '4222222222222', '4222222222222'],
  ['a short text', 'hello', 'hello'],
])('%s', (_, text, expected) => {
  expect(redactSecrets(text)).toBe(expected);
  expect(redactSecrets(`${LONG}\n${text}`)).toBe(`${LONG}\n${expected}`);
});
