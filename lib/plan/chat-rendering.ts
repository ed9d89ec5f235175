import type { Attributes } from '@opentelemetry/api';
import { messageAttributes } from '../attributes/message-attributes.js';
import { argumentEntries } from '../capture/capture-arguments.js';
import { captureValue } from '../capture/capture-value.js';
import { isHidden } from '../capture/hidden.js';
import type { ParameterNames } from '../capture/parameter-names.js';
import type { Redaction } from '../capture/redaction.js';
import {
  LLM_INPUT_MESSAGES,
  LLM_INVOCATION_PARAMETERS,
  LLM_OUTPUT_MESSAGES,
  LLM_TOOLS,
  TOOL_JSON_SCHEMA,
} from '../conventions/openinference.js';
import { REDACTED } from '../conventions/redacted.js';
import type { Message } from '../messages/message.js';
import { readMessages, readRequest, type ModelRequest } from '../messages/read-request.js';
import { readResponse } from '../messages/read-response.js';
import { StreamedMessage } from '../messages/streamed-message.js';
import { settings } from '../settings.js';
import type { Call } from '../span/call.js';
import type { SpanRun } from '../span/span-run.js';
import type { Rendering } from './rendering.js';
import { ask, select } from './select.js';
import type { TraceSettings } from './trace-settings.js';

/** Shows a model call as a chat: messages, tools, invocation parameters, and what the model answered. */
export function chatRendering(trace: TraceSettings, parameters: () => ParameterNames | undefined): Rendering {
  const output = (run: SpanRun, messages: readonly Message[], redaction: Redaction): void => {
    if (settings.hidden.outputs || messages.length === 0) return;
    record(run, messageAttributes(LLM_OUTPUT_MESSAGES, messages, settings.limits, redaction));
  };
  const capturesResult = (): boolean => trace.captureResult ?? settings.captureResult;
  return {
    begin: (call, run, redaction) => {
      const capture = trace.captureArgs ?? settings.captureArgs;
      if (capture === false || settings.hidden.inputs) return {};
      const shown: readonly unknown[] =
        capture === true ? call.args : argumentEntries(call.args, parameters(), capture, settings.limits).values;
      const { messages, tools, parameters: rest } = requestOf(trace, call, shown);
      // a span has room for so many attributes: tokens and cost come first
      record(run, messageAttributes(LLM_INPUT_MESSAGES, messages, settings.limits, redaction));
      record(run, toolAttributes(tools, redaction));
      if (rest === undefined) return {};
      const text = captureValue(rest, settings.limits, redaction).text;
      return { [LLM_INVOCATION_PARAMETERS]: settings.hidden.invocationParameters ? REDACTED : text };
    },
    end: (value, call, run, redaction) => {
      if (!capturesResult()) return;
      const given = trace.outputMessages && call && ask('outputMessages', trace.outputMessages, value, call);
      output(run, given === undefined ? readResponse(value) : answersOf(given), redaction);
    },
    chunks: (run, redaction) => {
      const streamed = new StreamedMessage(settings.limits.messageCharacters + LOOK_AHEAD);
      return {
        add: (chunk) => streamed.add(chunk),
        attributes: () => {
          const message = streamed.message();
          if (message) output(run, [message], redaction);
          return {};
        },
      };
    },
  };
}

/** A secret across the cut of a message is seen so far. */
const LOOK_AHEAD = 512;

/** What the options say; else what can be read from the arguments that may be recorded. */
function requestOf(trace: TraceSettings, call: Call, shown: readonly unknown[]): ModelRequest {
  const read = readRequest(shown);
  const messages = trace.messages === undefined ? undefined : select('messages', trace.messages, call);
  return {
    messages: messages === undefined ? (read?.messages ?? []) : readMessages(messages),
    tools: (trace.tools && select('tools', trace.tools, call)) ?? read?.tools ?? [],
    parameters:
      (trace.invocationParameters && select('invocationParameters', trace.invocationParameters, call)) ??
      read?.parameters,
  };
}

function answersOf(given: unknown): readonly Message[] {
  return typeof given === 'string' ? readResponse(given) : readMessages(given);
}

function toolAttributes(tools: readonly unknown[], redaction: Redaction): Attributes {
  const schemas = tools.map((tool, i) => [
    `${LLM_TOOLS}.${i}.${TOOL_JSON_SCHEMA}`,
    captureValue(tool, settings.limits, redaction).text,
  ]);
  return Object.fromEntries(schemas) as Attributes;
}

function record(run: SpanRun, attributes: Attributes): void {
  const last: Attributes = (run.last ??= {});
  for (const [name, value] of Object.entries(attributes))
    last[name] = isHidden(name, settings.hidden) ? REDACTED : value;
}
