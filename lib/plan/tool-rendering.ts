import { argumentEntries } from '../capture/capture-arguments.js';
import { captureEntries, captureValue } from '../capture/capture-value.js';
import type { ParameterNames } from '../capture/parameter-names.js';
import { TOOL_DESCRIPTION, TOOL_JSON_SCHEMA, TOOL_NAME, TOOL_PARAMETERS } from '../conventions/openinference.js';
import { REDACTED } from '../conventions/redacted.js';
import { settings } from '../settings.js';
import type { Site } from '../span/call.js';
import type { Rendering } from './rendering.js';
import type { TraceSettings } from './trace-settings.js';

/** Shows a call as a tool's: its name, description and schema, and the arguments it was given. */
export function toolRendering(
  site: Site,
  trace: TraceSettings,
  parameters: () => ParameterNames | undefined,
): Rendering {
  const { toolName = site.methodName, toolDescription, toolSchema } = trace;
  return {
    begin: (call, _run, redaction) => {
      const { limits, hidden } = settings;
      const capture = trace.captureArgs ?? settings.captureArgs;
      const args = capture === false ? undefined : argumentEntries(call.args, parameters(), capture, limits);
      return {
        [TOOL_NAME]: toolName,
        ...(toolDescription !== undefined && { [TOOL_DESCRIPTION]: toolDescription }),
        ...(toolSchema !== undefined && { [TOOL_JSON_SCHEMA]: captureValue(toolSchema, limits, redaction).text }),
        ...(args !== undefined && {
          [TOOL_PARAMETERS]: hidden.inputs
            ? REDACTED
            : captureEntries(args.names, args.values, limits, redaction, args.more).text,
        }),
      };
    },
    end: () => {},
  };
}
