import { REDACTED } from '../conventions/redacted.js';
import { redactCardNumbers } from './card-numbers.js';

/** Secrets that show by their form. Each alternative names its issuer or kind. */
const SECRETS = [
  String.raw`\b(?:sk|pk|rk)-[A-Za-z0-9_-]{16,}`, // OpenAI, Anthropic, OpenRouter, DeepSeek, Langfuse
  String.raw`\b(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{10,}`, // Stripe
  String.raw`\bwhsec_[A-Za-z0-9+/=]{16,}`, // Stripe webhooks
  String.raw`\b(?:AKIA|ASIA)[A-Z0-9]{16}\b`, // AWS
  String.raw`\bAIza[A-Za-z0-9_-]{30,}`, // Google
  String.raw`\bya29\.[A-Za-z0-9_-]{20,}`, // Google OAuth
  String.raw`\bgh[pousr]_[A-Za-z0-9]{20,}|\bgithub_pat_[A-Za-z0-9_]{20,}`, // GitHub
  String.raw`\bglpat-[A-Za-z0-9_-]{16,}`, // GitLab
  String.raw`\bxox[abeoprs]-[A-Za-z0-9-]{10,}`, // Slack
  String.raw`\bhf_[A-Za-z0-9]{20,}`, // Hugging Face
  String.raw`\bgsk_[A-Za-z0-9]{20,}`, // Groq
  String.raw`\bxai-[A-Za-z0-9]{20,}`, // xAI
  String.raw`\bpplx-[A-Za-z0-9]{20,}`, // Perplexity
  String.raw`\br8_[A-Za-z0-9]{20,}`, // Replicate
  String.raw`\btvly-[A-Za-z0-9-]{16,}`, // Tavily
  String.raw`\bnpm_[A-Za-z0-9]{30,}`, // npm
  String.raw`\bpypi-[A-Za-z0-9_-]{30,}`, // PyPI
  String.raw`\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}`, // SendGrid
  String.raw`\beyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){0,4}`, // JWT, JWE (base64url of '{"')
  String.raw`\b[Bb](?:earer|EARER)[\s:]+(?=[^\s"']{0,200}\d)[A-Za-z0-9._~+/-]{12,}=*`, // bearer tokens
  String.raw`-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$)`, // PEM, PGP
].join('|');
const SECRET = new RegExp(SECRETS);
const EVERY_SECRET = new RegExp(SECRETS, 'g');

/**
 * A piece of each secret whose first letter is rare, so that `includes` runs at memory speed: a long text without one of these holds no
 * secret. Most texts with a hyphen have none of the pieces that go with it.
 */
const NEEDLES = ['_', 'AKIA', 'ASIA', 'AIza', '29.', 'SG.', 'Bearer', 'bearer', 'EARER'];
const HYPHENATED = ['k-', 'glpat-', 'xox', 'xai-', 'x-', 'vly-', 'ypi-', 'BEGIN '];
const SHORTEST_SECRET = 11;
const LONG_TEXT = 128;

/** Withholds what looks like a secret: provider keys, tokens, private keys, card numbers. */
export function redactSecrets(text: string): string {
  if (text.length < SHORTEST_SECRET) return text;
  return redactCardNumbers(mayHoldSecret(text) ? text.replace(EVERY_SECRET, REDACTED) : text);
}

function mayHoldSecret(text: string): boolean {
  if (text.length < LONG_TEXT) return SECRET.test(text);
  const may =
    hasOne(text, NEEDLES) ||
    (text.includes('J') && text.includes('yJ')) ||
    (text.includes('-') && hasOne(text, HYPHENATED));
  return may && SECRET.test(text);
}

function hasOne(text: string, needles: readonly string[]): boolean {
  for (const needle of needles) if (text.includes(needle)) return true;
  return false;
}
