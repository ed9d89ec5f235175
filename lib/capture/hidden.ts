/** What the environment says must not be recorded: OpenInference's switches, which stand over every option. */
export interface Hidden {
  /** `OPENINFERENCE_HIDE_INPUTS`: arguments, input messages, prompts, template variables. */
  readonly inputs: boolean;
  /** `OPENINFERENCE_HIDE_OUTPUTS`: results, chunks, output messages. */
  readonly outputs: boolean;
}

/** Reads the switches; `true` and `1` turn one on, in any case. */
export function hiddenByEnvironment(): Hidden {
  const env = (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env ?? {};
  const on = (...names: string[]): boolean =>
    names.some((name) => /^(?:true|1)$/i.test(env[`OPENINFERENCE_HIDE_${name}`]?.trim() ?? ''));
  return {
    inputs: on('INPUTS', 'INPUT_TEXT', 'INPUT_MESSAGES'),
    outputs: on('OUTPUTS', 'OUTPUT_TEXT', 'OUTPUT_MESSAGES'),
  };
}

const INPUTS =
  /^(?:input\.(?!mime_type)|llm\.(?:input_messages|prompts|prompt_template\.variables|invocation_parameters)|gen_ai\.(?:input\.messages|system_instructions|prompt)|ai\.prompt|embedding\.embeddings\.\d+\.embedding\.text)/;
const OUTPUTS =
  /^(?:output\.(?!mime_type)|llm\.(?:output_messages|choices)|gen_ai\.(?:output\.messages|completion)|ai\.response\.(?:text|object|toolCalls))/;

/** Whether an attribute, by its name, is what must not be recorded. */
export function isHidden(name: string, hidden: Hidden): boolean {
  return (hidden.inputs && INPUTS.test(name)) || (hidden.outputs && OUTPUTS.test(name));
}
