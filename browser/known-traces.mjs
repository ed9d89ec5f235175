// Three traces whose sums are easily done by hand.
import { keyValues, line } from './spans.mjs';

const prompt = (version) => ({
  'llm.prompt_template.template': 'Analyze this call: {transcript}',
  'llm.prompt_template.version': version,
  'llm.prompt_template.variables': '{"transcript":"Ana: Does it scale?"}',
});
const call = (model, input, output, usd) => ({
  ...{ 'openinference.span.kind': 'LLM', 'llm.model_name': model, 'cost.model_name': model },
  ...{ 'llm.token_count.prompt': input, 'llm.token_count.completion': output },
  ...(usd === undefined ? { 'cost.unpriced_model': model } : { 'cost.total_usd': usd, 'cost.source': 'catalog' }),
});
const chat = {
  'llm.input_messages.0.message.role': 'system',
  'llm.input_messages.0.message.content': 'You judge sales calls.',
  'llm.input_messages.1.message.role': 'user',
  'llm.input_messages.1.message.contents.0.message_content.type': 'text',
  'llm.input_messages.1.message.contents.0.message_content.text': 'Ana: Does it scale?',
  'llm.output_messages.0.message.role': 'assistant',
  'llm.output_messages.0.message.tool_calls.0.tool_call.function.name': 'find_passages',
  'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': '{"query":"scaling limits"}',
};

export function knownTraces() {
  const one = { 'session.id': 'session-1', 'user.id': 'ada', 'tag.tags': ['production', 'eu'] };
  const two = { 'session.id': 'session-2', 'user.id': 'bert', 'tag.tags': ['production'] };
  const agent = { 'openinference.span.kind': 'AGENT', 'agent.name': 'evaluator' };
  const ofAgent = { 'cost.agent_name': 'evaluator' };
  return (
    line(
      { id: 'a1', name: 'CallAnalyzer.analyze', to: 2000, attributes: { ...one, 'openinference.span.kind': 'CHAIN', 'input.value': '{"transcript":"Ana: Does it scale?"}', 'output.value': 'It does, says the needle in the haystack.' } }, // prettier-ignore
      { id: 'a2', parent: 'a1', name: 'agent.evaluator', from: 100, to: 1900, attributes: { ...one, ...agent } },
      { id: 'a3', parent: 'a2', name: 'Evaluator.ask', from: 200, to: 1200, attributes: { ...one, ...call('large', 2000, 100, 0.0125), ...ofAgent, ...prompt('2.0'), ...chat, 'performance.time_to_first_chunk_ms': 300 } }, // prettier-ignore
      { id: 'a4', parent: 'a2', name: 'find_passages', from: 1300, to: 1400, attributes: { ...one, 'openinference.span.kind': 'TOOL' }, events: [{ name: 'cache', timeUnixNano: '1795339801350000000', attributes: keyValues({ 'cache.hit': true }) }] }, // prettier-ignore
    ) +
    line(
      { trace: 'b', id: 'b1', name: 'CallAnalyzer.analyze', from: 60_000, to: 64_000, attributes: { ...two, 'openinference.span.kind': 'CHAIN' } }, // prettier-ignore
      { trace: 'b', id: 'b2', parent: 'b1', name: 'agent.evaluator', from: 60_100, to: 63_900, attributes: { ...two, ...agent } }, // prettier-ignore
      { trace: 'b', id: 'b3', parent: 'b2', name: 'Evaluator.ask', from: 60_200, to: 61_200, attributes: { ...two, ...call('large', 1000, 50, 0.00625), ...ofAgent, ...prompt('2.1') } }, // prettier-ignore
      { trace: 'b', id: 'b4', parent: 'b2', name: 'Evaluator.ask', from: 61_300, to: 63_800, error: 'RateLimitError: 429', attributes: { ...two, 'openinference.span.kind': 'LLM', 'llm.model_name': 'large', 'error.type': 'RateLimitError' } }, // prettier-ignore
    ) +
    line(
      { trace: 'c', id: 'c1', name: 'Classifier.classify', from: 120_000, to: 120_500, attributes: { ...call('small', 400, 20, 0.001), ...prompt('2.0') } }, // prettier-ignore
      {
        trace: 'c',
        id: 'c2',
        parent: 'c1',
        name: 'score',
        from: 120_100,
        to: 120_200,
        attributes: call('house-7b', 10, 5),
      },
    )
  );
}
