import type { Attributes } from '@opentelemetry/api';
import { captureText } from '../capture/capture-value.js';
import type { Redaction } from '../capture/redaction.js';
import { AGENT_ROLE, AGENT_TASK_DESCRIPTION } from '../conventions/agent.js';
import { COST_MODEL_NAME } from '../conventions/cost.js';
import {
  AGENT_NAME,
  GRAPH_NODE_ID,
  GRAPH_NODE_NAME,
  GRAPH_NODE_PARENT_ID,
  LLM_MODEL_NAME,
} from '../conventions/openinference.js';
import { REDACTED } from '../conventions/redacted.js';
import { settings } from '../settings.js';
import type { Call } from '../span/call.js';
import type { SpanRun } from '../span/span-run.js';
import { agentAbove } from './agent-above.js';
import { select } from './select.js';
import type { TraceSettings } from './trace-settings.js';

/** Role, task and model of an agent, and its place in the trace's graph of agents, which Arize draws. */
export function agentAttributes(trace: TraceSettings, call: Call, run: SpanRun, redaction: Redaction): Attributes {
  const attributes: Attributes = {};
  const name = run.start[AGENT_NAME];
  if (name !== undefined) {
    attributes[GRAPH_NODE_ID] = name;
    attributes[GRAPH_NODE_NAME] = name;
    const parent = agentAbove(run);
    if (parent !== undefined) attributes[GRAPH_NODE_PARENT_ID] = parent;
  }
  const text = (key: string, value: string | undefined): void => {
    if (typeof value === 'string') attributes[key] = captureText(value, settings.limits.characters, redaction).text;
  };
  text(AGENT_ROLE, select('agentRole', trace.agentRole, call));
  const task = select('taskDescription', trace.taskDescription, call);
  text(AGENT_TASK_DESCRIPTION, task !== undefined && settings.hidden.inputs ? REDACTED : task);
  const model = run.start[LLM_MODEL_NAME];
  if (model !== undefined) attributes[COST_MODEL_NAME] = model;
  return attributes;
}
