// A span that tries, in every field, to be more than text.
import { keyValues, line } from './spans.mjs';

/** Sets `window.pwned` if any of it runs; `field` tells the texts apart. */
export const attack = (field) =>
  `${field}"'></script></title><img src=x onerror="window.pwned='${field}'"><svg onload="window.pwned='${field}'"><script>window.pwned='${field}'</script><a href="javascript:window.pwned=1">x</a>{{constructor.constructor('window.pwned=1')()}}`;

export const HOSTILE_TITLE = attack('title');

export function hostileTrace() {
  const names = [
    ...[
      'session.id',
      'user.id',
      'openinference.span.kind',
      'llm.model_name',
      'agent.name',
      'input.value',
      'output.value',
    ],
    ...['llm.prompt_template.template', 'llm.prompt_template.version', 'llm.prompt_template.variables', 'metadata'],
    ...[
      'llm.input_messages.0.message.role',
      'llm.input_messages.0.message.content',
      'llm.input_messages.0.message.name',
    ],
    ...['llm.output_messages.0.message.role', 'llm.output_messages.0.message.content', 'error.type', 'input.mime_type'],
    ...['llm.output_messages.0.message.tool_calls.0.tool_call.function.name', 'retrieval.documents.0.document.id'],
    ...[
      'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments',
      'retrieval.documents.0.document.content',
    ],
    ...['llm.input_messages.0.message.contents.0.message_content.text', 'cost.unpriced_model', 'cost.agent_name'],
    ...['llm.output_messages.0.message.contents.0.message_content.type', 'retrieval.documents.0.document.score'],
  ];
  const attributes = Object.fromEntries(names.map((name) => [name, attack(name)]));
  const odd = { [attack('key')]: attack('value'), 'tag.tags': [attack('tag')], __proto__x: 'p' };
  const ids = { traceId: '<img src=x onerror=pwned=1>', spanId: '<svg onload=pwned=1>' };
  return line(
    {
      ...{ id: '<b onclick=pwned=1>', trace: '<script>pwned=1</script>', name: attack('name'), to: 100, error: attack('status') }, // prettier-ignore
      attributes: { ...attributes, ...odd },
      events: [{ name: attack('event'), timeUnixNano: '1', attributes: keyValues({ [attack('event key')]: attack('event value') }) }], // prettier-ignore
      links: [{ ...ids, attributes: keyValues({ [attack('link key')]: attack('link value') }) }],
    },
    { id: 'other', trace: '<script>pwned=1</script>', parent: '<b onclick=pwned=1>', name: '\u202e\u0000\u001b[31mturned', from: 10, to: 60, attributes: { 'llm.token_count.prompt': 1e300, 'cost.total_usd': 1e300 } }, // prettier-ignore
    { id: 'r1', trace: 'ring', parent: 'r2' },
    { id: 'r2', trace: 'ring', parent: 'r1', from: 5, to: 2 },
  );
}
