/** OpenTelemetry's spelling (`gen_ai.provider.name`) of the names that the AI SDK and LangChain give to providers. */
const NAMES: Readonly<Record<string, string>> = {
  openai: 'openai',
  'azure-openai': 'azure.ai.openai',
  azure: 'azure.ai.openai',
  anthropic: 'anthropic',
  'amazon-bedrock': 'aws.bedrock',
  bedrock: 'aws.bedrock',
  'bedrock-converse': 'aws.bedrock',
  'google.generative-ai': 'gcp.gemini',
  'google-genai': 'gcp.gemini',
  google: 'gcp.gen_ai',
  'google.vertex': 'gcp.vertex_ai',
  'google-vertexai': 'gcp.vertex_ai',
  vertex: 'gcp.vertex_ai',
  mistral: 'mistral_ai',
  mistralai: 'mistral_ai',
  xai: 'x_ai',
  groq: 'groq',
  cohere: 'cohere',
  deepseek: 'deepseek',
  perplexity: 'perplexity',
  cerebras: 'cerebras',
  togetherai: 'together_ai',
  together: 'together_ai',
  fireworks: 'fireworks_ai',
  openrouter: 'openrouter',
  ollama: 'ollama',
  moonshotai: 'moonshot_ai',
};

/** A provider's name in OpenTelemetry's spelling; undefined for names that say nothing about who bills, such as a gateway's. */
export function providerName(name: string | undefined): string | undefined {
  for (let rest = name?.toLowerCase().replaceAll('_', '-') ?? ''; rest !== '';) {
    if (Object.hasOwn(NAMES, rest)) return NAMES[rest];
    rest = rest.slice(0, Math.max(0, rest.lastIndexOf('.'))); // `openai.responses`, `google.vertex.chat`
  }
  return undefined;
}
