import type { Tool as AnthropicTool } from '@anthropic-ai/sdk/resources/messages';
import type { ChatCompletionFunctionTool } from 'openai/resources/chat/completions';
import type { Transcript } from '../transcript.js';

/** A tool that a model may ask for while it looks at a call. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of its input. */
  readonly parameters: {
    readonly type: 'object';
    readonly properties: Record<string, unknown>;
    readonly required: string[];
  };
  /** Throws for an input that does not fit: the model is told. */
  run(input: unknown, transcript: Transcript): unknown;
}

export function openAiTool({ name, description, parameters }: Tool): ChatCompletionFunctionTool {
  return { type: 'function', function: { name, description, parameters: { ...parameters } } };
}

export function anthropicTool({ name, description, parameters }: Tool): AnthropicTool {
  return { name, description, input_schema: { ...parameters } };
}

/** Runs the tool that a model asked for and gives what the model is told: the result, or what was wrong. */
export function runTool(
  tools: readonly Tool[],
  name: string,
  input: unknown,
  transcript: Transcript,
): { content: string; failed: boolean } {
  const tool = tools.find((one) => one.name === name);
  try {
    if (tool === undefined) throw new Error(`There is no tool "${name}".`);
    return { content: JSON.stringify(tool.run(input, transcript)), failed: false };
  } catch (error) {
    return { content: JSON.stringify({ error: error instanceof Error ? error.message : String(error) }), failed: true };
  }
}

/** An input's property, checked. */
export function textOf(input: unknown, key: string): string {
  const value = (input as Record<string, unknown> | null)?.[key];
  if (typeof value !== 'string' || value === '') throw new Error(`"${key}" must be a text that is not empty.`);
  return value;
}

/** An input's list, checked. */
export function listOf(input: unknown, key: string): readonly unknown[] {
  const value = (input as Record<string, unknown> | null)?.[key];
  if (!Array.isArray(value) || value.length === 0) throw new Error(`"${key}" must be a list that is not empty.`);
  return value;
}
