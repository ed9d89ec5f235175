import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import {
  PROMPT_TEMPLATE,
  PROMPT_TEMPLATE_VARIABLES,
  PROMPT_TEMPLATE_VERSION,
} from '../../conventions/openinference.js';
import { checkOptions } from '../../options.js';
import { isAs, shown } from './equality.js';
import { outcome, type Outcome } from './outcome.js';
import { checkSpan, whereabouts } from './received.js';

/** A prompt template; each part may be a pattern or an asymmetric matcher. */
export interface PromptTemplateExpectation {
  readonly template?: unknown;
  readonly version?: unknown;
  /** The variables as values, not as JSON. */
  readonly variables?: unknown;
}

/** Whether a span is under that prompt template. Without an expectation: whether it is under any. */
export function toHavePromptTemplate(span: ReadableSpan, expected: PromptTemplateExpectation = {}): Outcome {
  checkSpan('toHavePromptTemplate', span);
  checkOptions('toHavePromptTemplate', expected, ['template', 'version', 'variables']);
  const actual = {
    template: span.attributes[PROMPT_TEMPLATE],
    version: span.attributes[PROMPT_TEMPLATE_VERSION],
    variables: parsed(span.attributes[PROMPT_TEMPLATE_VARIABLES]),
  };
  const pass =
    actual.template !== undefined &&
    Object.entries(expected).every(
      ([part, value]) => value === undefined || isAs(actual[part as keyof typeof actual], value),
    );
  const wanted = Object.keys(expected).length > 0 ? ` ${shown(expected)}` : '';
  const has = actual.template === undefined ? 'none' : shown(actual);
  return outcome(
    pass,
    `span ${shown(span.name)}`,
    `have prompt template${wanted}`,
    () => `It has ${has}.\n\n${whereabouts(span)}`,
  );
}

function parsed(json: unknown): unknown {
  try {
    return typeof json === 'string' ? JSON.parse(json) : undefined;
  } catch {
    return json; // it was cut
  }
}
