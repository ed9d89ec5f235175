import type { Attributes } from '@opentelemetry/api';
import type { ParameterNames } from '../capture/parameter-names.js';
import type { Redaction } from '../capture/redaction.js';
import type { Call, Site } from '../span/call.js';
import type { Aggregate } from '../span/plan.js';
import type { SpanRun } from '../span/span-run.js';
import { chatRendering } from './chat-rendering.js';
import { documentRendering } from './document-rendering.js';
import { toolRendering } from './tool-rendering.js';
import type { TraceSettings } from './trace-settings.js';

/** What a backend shows of a call of some kind beside its input and output: a chat, a tool, documents. Its hooks are guarded. */
export interface Rendering {
  /** Attributes made before the body runs. What costs many keys goes to `run.last`. */
  readonly begin: (call: Call, run: SpanRun, redaction: Redaction) => Attributes;
  /** Adds to `run.last` what is made of the result. */
  readonly end: (value: unknown, call: Call | undefined, run: SpanRun, redaction: Redaction) => void;
  /** Adds to `run.last` what is made of the chunks of a stream. */
  readonly chunks?: (run: SpanRun, redaction: Redaction) => Aggregate;
}

/** The rendering that a trace decorator asked for. */
export function renderingOf(
  site: Site,
  trace: TraceSettings,
  parameters: () => ParameterNames | undefined,
): Rendering | undefined {
  switch (trace.renders) {
    case 'chat':
      return chatRendering(trace, parameters);
    case 'tool':
      return toolRendering(site, trace, parameters);
    case 'documents':
      return documentRendering(trace);
    default:
      return undefined;
  }
}
