/**
 * What models and those who serve them are called: OpenTelemetry, the AI SDK, LangChain, LiteLLM and the clouds each have spellings of their own.
 */

/** Where the catalogue is asked for a model. */
export interface CatalogueId {
  readonly provider: string;
  readonly model: string;
}

/** The catalogue's provider ids by the spellings that are in use. Names not listed here are tried as they are. */
const PROVIDERS: Readonly<Record<string, string>> = {
  'azure.ai.openai': 'azure',
  'azure.ai.inference': 'azure',
  'az.ai.openai': 'azure',
  'az.ai.inference': 'azure',
  'azure-openai': 'azure',
  azure_openai: 'azure',
  azure_ai: 'azure',
  'aws.bedrock': 'aws',
  bedrock: 'aws',
  'amazon-bedrock': 'aws',
  amazon_bedrock: 'aws',
  bedrock_converse: 'aws',
  'gcp.gemini': 'google',
  'gcp.vertex_ai': 'google',
  'gcp.gen_ai': 'google',
  gemini: 'google',
  vertex_ai: 'google',
  'google.generative-ai': 'google',
  'google.vertex': 'google',
  'google-vertex': 'google',
  google_genai: 'google',
  google_vertexai: 'google',
  vertex: 'google',
  mistral_ai: 'mistral',
  mistralai: 'mistral',
  x_ai: 'x-ai',
  xai: 'x-ai',
  moonshot_ai: 'moonshotai',
  moonshot: 'moonshotai',
  together_ai: 'together',
  'together-ai': 'together',
  togetherai: 'together',
  fireworks_ai: 'fireworks',
  'fireworks-ai': 'fireworks',
  voyage: 'voyageai',
  cohere_chat: 'cohere',
};

/** Authors whose open-weight models are served by many: their name before a slash does not say who bills. */
const AUTHORS = new Set(['openai', 'google', 'mistral', 'deepseek', 'cohere', 'moonshotai', 'minimax']);

/** Families that only their maker sells under these names; every other id needs a provider, for many hosts serve it at different prices. */
const PROPRIETARY: readonly (readonly [provider: string, ids: RegExp])[] = [
  ['anthropic', /^claude-/],
  [
    'openai',
    /^(gpt-(?!oss|neo|j)|o[1-9]\b|chatgpt-|ft:(gpt|davinci|babbage)|text-embedding-(3|ada)|whisper-1$|codex-mini|computer-use|text-(davinci|curie|babbage|ada)-)/,
  ],
  ['google', /^gemini-/],
  ['x-ai', /^grok-/],
  ['cohere', /^(command(-|$)|embed-(english|multilingual|v)|c4ai-aya-)/],
  [
    'mistral',
    /^(open-(mistral|mixtral|codestral)|mistral-embed|(mistral|ministral|codestral|devstral|magistral|pixtral|voxtral|labs-devstral)[a-z0-9-]*-(latest|2[3-9](0[1-9]|1[0-2]))$)/,
  ],
  ['deepseek', /^deepseek-(chat|reasoner)$/],
  ['voyageai', /^voyage-/],
  ['perplexity', /^sonar(-|$)/],
];

const BEDROCK =
  /^(?:(?:us|us-gov|eu|apac|jp|au|ca|in|sa|me|af|mx|global)\.)?(?:anthropic|amazon|meta|mistral|cohere|ai21|deepseek|qwen|openai|stability|writer|google|nvidia|minimax|moonshot|twelvelabs|luma)\./;
const BEDROCK_ARN = /^arn:aws[a-z-]*:bedrock:[^:]*:[^:]*:(?:foundation-model|inference-profile)\/(.+)$/;
const VERTEX_PATH = /(?:^|\/)publishers\/[^/]+\/models\/(.+)$/;

/** Where the catalogue is to be asked for a model, in order. Nothing where it cannot be told who serves it. */
export function catalogueIds(
  provider: string | undefined,
  model: string,
  known: (provider: string) => boolean,
): readonly CatalogueId[] {
  const name = model.trim().toLowerCase();
  if (name === '') return [];
  if (name.startsWith('arn:')) {
    const id = BEDROCK_ARN.exec(name)?.[1]; // an application profile's or a provisioned model's ARN does not name the model
    return id === undefined ? [] : [{ provider: 'aws', model: id }];
  }
  const path = VERTEX_PATH.exec(name)?.[1];
  const id = path ?? name.replace(/^models\//, '');
  if (provider !== undefined && provider.trim() !== '') {
    const named = catalogueProvider(provider, known);
    return named === undefined ? [] : servedBy(named, id, known);
  }
  if (path !== undefined) return servedBy('google', id, known);
  if (BEDROCK.test(id)) return servedBy('aws', id, known);
  if (/^claude-.*@\d{8}$/.test(id)) return servedBy('google', id, known);
  if (id.startsWith('accounts/fireworks/')) return servedBy('fireworks', id, known);
  if (id.startsWith('@cf/')) return servedBy('cloudflare', id, known);

  const slash = id.indexOf('/');
  if (slash > 0) {
    const named = catalogueProvider(id.slice(0, slash), known);
    if (named === undefined) return [];
    const rest = id.slice(slash + 1);
    return AUTHORS.has(named)
      ? soldByMaker(rest).filter((maker) => maker.provider === named)
      : servedBy(named, rest, known);
  }
  return soldByMaker(id);
}

/** A model's name without the date that some ids end with. */
export function undated(name: string): string {
  return /\d{4}/.test(name) ? name.replace(/[-@](?:20\d{6}|20\d{2}-\d{2}-\d{2})(?:-v\d+(?::\d+)?)?$/, '') : name;
}

function catalogueProvider(provider: string, known: (provider: string) => boolean): string | undefined {
  let name = provider.trim().toLowerCase();
  for (;;) {
    const id = Object.hasOwn(PROVIDERS, name) ? PROVIDERS[name] : name;
    if (id !== undefined && known(id)) return id;
    const dot = name.lastIndexOf('.'); // the AI SDK says `openai.responses`
    if (dot <= 0) return undefined;
    name = name.slice(0, dot);
  }
}

function servedBy(provider: string, model: string, known: (provider: string) => boolean): readonly CatalogueId[] {
  if (provider === 'openai' && /(^|\/)gpt-oss/.test(model)) return []; // OpenAI publishes the weights and sells no calls
  const ids: CatalogueId[] = [{ provider, model }];
  const slash = model.indexOf('/');
  if (slash > 0 && provider !== 'openrouter' && catalogueProvider(model.slice(0, slash), known) === provider) {
    ids.push({ provider, model: model.slice(slash + 1) });
  }
  return ids;
}

function soldByMaker(model: string): readonly CatalogueId[] {
  for (const [provider, ids] of PROPRIETARY) if (ids.test(model)) return [{ provider, model }];
  return [];
}
