// What Phoenix understood of a run, against the trace file of the same run. No figure is typed in here.
import assert from 'node:assert/strict';
import { at } from './trace-file.mjs';

const NEAR_USD = 1e-9;
const sum = (numbers) => numbers.reduce((a, b) => a + (b ?? 0), 0);
/** Names whose JSON Phoenix reads. */
const AS_STRUCTURE = ['metadata', 'llm.prompt_template.variables', 'tool.parameters'];
/** The value under a name with indices: of numbered names Phoenix makes lists. */
const listed = (tree, name) =>
  name.split('.').reduce((node, part) => (Array.isArray(node) ? node[Number(part)] : node?.[part]), tree);
const near = (actual, expected, what, by = NEAR_USD) =>
  assert.ok(Math.abs(actual - expected) <= by, `${what}: ${actual} in Phoenix, ${expected} in the file`);
const groups = (items, key) =>
  Map.groupBy?.(items, key) ??
  items.reduce((map, item) => map.set(key(item), [...(map.get(key(item)) ?? []), item]), new Map());

/** `made`: spans of the file by id; `project`, `spans`, `sessions`: what Phoenix says; `api`: to ask it more. */
export const checks = [
  {
    name: 'every span arrived, once, in one project',
    run({ made, project, spans }) {
      assert.equal(project.name, 'call-analyzer');
      assert.equal(project.recordCount, made.size);
      assert.deepEqual(spans.map(({ spanId }) => spanId).sort(), [...made.keys()].sort());
      assert.equal(project.traceCount, new Set([...made.values()].map(({ traceId }) => traceId)).size);
    },
  },
  {
    name: 'names, parents, kinds, times and statuses are those of the spans',
    run({ made, spans }) {
      for (const span of spans) {
        const own = made.get(span.spanId);
        const kind = own.attributes['openinference.span.kind'] ?? 'UNKNOWN';
        assert.equal(span.name, own.name);
        assert.equal(span.parentId ?? undefined, own.parentSpanId);
        assert.equal(span.trace.traceId, own.traceId);
        assert.equal(span.spanKind.toUpperCase(), kind, `the kind of ${span.name}`);
        assert.equal(span.statusCode, ['UNSET', 'OK', 'ERROR'][own.status.code ?? 0], `the status of ${span.name}`);
        near(Date.parse(span.startTime), Number(BigInt(own.startTimeUnixNano) / 1_000_000n), 'start', 1);
        const milliseconds = Number(BigInt(own.endTimeUnixNano) - BigInt(own.startTimeUnixNano)) / 1e6;
        near(span.latencyMs, milliseconds, `the duration of ${span.name}`, 1);
      }
      const kinds = new Set(spans.map(({ spanKind }) => spanKind));
      for (const kind of ['llm', 'agent', 'tool', 'chain']) assert.ok(kinds.has(kind), `no span of kind ${kind}`);
    },
  },
  {
    name: 'inputs and outputs are shown',
    run({ made, spans }) {
      let shown = 0;
      for (const { spanId, input, output } of spans) {
        const { attributes } = made.get(spanId);
        // of a span without them, such as a client's own, Phoenix makes some from gen_ai.*
        if (attributes['input.value'] !== undefined) assert.equal(input.value, attributes['input.value']);
        if (attributes['output.value'] === undefined) continue;
        assert.equal(output.value, attributes['output.value']);
        assert.equal(output.mimeType, attributes['output.mime_type'] === 'application/json' ? 'json' : 'text');
        shown++;
      }
      assert.ok(shown > 0);
    },
  },
  {
    name: 'no attribute is lost: each is stored under its name',
    run({ made, spans }) {
      for (const { spanId, name, attributes } of spans) {
        for (const [key, value] of Object.entries(made.get(spanId).attributes)) {
          const stored = at(attributes, key) ?? listed(attributes, key);
          assert.deepEqual(stored, AS_STRUCTURE.includes(key) ? JSON.parse(value) : value, `${key} of ${name}`);
        }
      }
    },
  },
  {
    name: 'tokens, with their details, are those of the model calls',
    run({ made, project, spans }) {
      const calls = spans.filter(({ spanId }) => made.get(spanId).attributes['llm.token_count.prompt'] !== undefined);
      assert.ok(calls.length > 0);
      for (const call of calls) {
        const { attributes } = made.get(call.spanId);
        assert.equal(call.tokenCountPrompt, attributes['llm.token_count.prompt']);
        assert.equal(call.tokenCountCompletion, attributes['llm.token_count.completion']);
        for (const [field, name] of [
          ['cacheRead', 'cache_read'],
          ['cacheWrite', 'cache_write'],
        ])
          assert.equal(call.tokenPromptDetails[field] ?? 0, attributes[`llm.token_count.prompt_details.${name}`] ?? 0);
      }
      const all = [...made.values()].map(({ attributes }) => attributes);
      assert.equal(project.tokenCountPrompt, sum(all.map((attributes) => attributes['llm.token_count.prompt'])));
      assert.equal(
        project.tokenCountCompletion,
        sum(all.map((attributes) => attributes['llm.token_count.completion'])),
      );
    },
  },
  {
    name: 'the cost that Phoenix computes by itself is the one we wrote, call by call and in all',
    run({ made, project, spans, report }) {
      const priced = spans.filter(({ spanId }) => made.get(spanId).attributes['cost.total_usd'] !== undefined);
      assert.ok(priced.length > 0);
      for (const [model, calls] of groups(priced, ({ spanId }) => made.get(spanId).attributes['cost.model_name'])) {
        const own = sum(calls.map(({ spanId }) => made.get(spanId).attributes['cost.total_usd']));
        const theirs = sum(calls.map(({ costSummary }) => costSummary?.total?.cost));
        report(`  ${model}: $${own.toFixed(6)} ours, $${theirs.toFixed(6)} Phoenix`);
      }
      for (const { spanId, name, costSummary } of priced) {
        const { attributes } = made.get(spanId);
        near(costSummary.total.cost, attributes['cost.total_usd'], `the cost of ${name}`);
        near(costSummary.prompt.cost, attributes['cost.input_cost_usd'], `the prompt's cost of ${name}`);
        near(costSummary.completion.cost, attributes['cost.output_cost_usd'], `the answer's cost of ${name}`);
      }
      near(
        project.costSummary.total.cost,
        sum(priced.map(({ spanId }) => made.get(spanId).attributes['cost.total_usd'])),
        'all',
      );
    },
  },
  {
    name: 'no roll-up is counted as a cost once more',
    run({ made, spans }) {
      const above = spans.filter(({ spanId }) => made.get(spanId).attributes['cost.rollup.total_usd'] !== undefined);
      assert.ok(above.length > 0);
      for (const { name, costSummary } of above) assert.ok(!costSummary?.total?.cost, `${name} has a cost of its own`);
    },
  },
  {
    name: 'sessions have their user, first input, last output, tokens and cost',
    run({ made, sessions }) {
      const bySession = groups([...made.values()], ({ attributes }) => attributes['session.id']);
      bySession.delete(undefined);
      assert.deepEqual(sessions.map(({ sessionId }) => sessionId).sort(), [...bySession.keys()].sort());
      for (const session of sessions) {
        const own = bySession.get(session.sessionId);
        const roots = own
          .filter(({ parentSpanId }) => !parentSpanId)
          .sort((a, b) => (a.startTimeUnixNano < b.startTimeUnixNano ? -1 : 1));
        assert.equal(session.numTraces, new Set(own.map(({ traceId }) => traceId)).size);
        assert.equal(session.userId, own[0].attributes['user.id']);
        assert.equal(session.firstInput.value, roots[0].attributes['input.value']);
        assert.equal(session.lastOutput.value, roots.at(-1).attributes['output.value']);
        assert.equal(session.tokenUsage.prompt, sum(own.map(({ attributes }) => attributes['llm.token_count.prompt'])));
        near(
          session.costSummary.total.cost,
          sum(own.map(({ attributes }) => attributes['cost.total_usd'])),
          session.sessionId,
        );
      }
    },
  },
  {
    name: 'prompt templates: text, version and variables, as a structure',
    run({ made, spans }) {
      const under = spans.filter(({ spanId }) => made.get(spanId).attributes['llm.prompt_template.template']);
      assert.ok(under.length > 0);
      for (const { spanId, attributes } of under) {
        const own = made.get(spanId).attributes;
        const template = at(attributes, 'llm.prompt_template');
        assert.equal(template.template, own['llm.prompt_template.template']);
        assert.equal(template.version, own['llm.prompt_template.version']);
        assert.deepEqual(template.variables, JSON.parse(own['llm.prompt_template.variables']));
      }
    },
  },
  {
    name: 'metadata as a structure, tags as a list, users',
    run({ made, spans }) {
      for (const { spanId, attributes, metadata, userId } of spans) {
        const own = made.get(spanId).attributes;
        assert.deepEqual(JSON.parse(metadata), JSON.parse(own.metadata));
        assert.deepEqual(at(attributes, 'tag.tags'), own['tag.tags']);
        assert.equal(userId, own['user.id']);
      }
    },
  },
  {
    name: 'failures: status, message and the exception',
    run({ made, spans }) {
      const failed = spans.filter(({ statusCode }) => statusCode === 'ERROR');
      assert.ok(failed.length > 0);
      for (const { spanId, statusMessage, events } of failed) {
        const own = made.get(spanId);
        assert.equal(statusMessage, own.status.message ?? '');
        assert.equal(events.length, own.events?.length ?? 0);
        if (own.events?.length) assert.equal(events[0].name, 'exception');
      }
      const messages = failed.flatMap(({ events }) => events.map(({ message }) => message));
      assert.ok(
        messages.some((message) => message.length > 0),
        'no exception has a message',
      );
    },
  },
  {
    name: 'agents: name, role, task and place in the graph',
    run({ made, spans }) {
      const agents = spans.filter(({ spanKind }) => spanKind === 'agent');
      assert.ok(agents.length > 0);
      for (const { spanId, attributes } of agents) {
        for (const name of ['agent.name', 'agent.role', 'agent.task_description', 'graph.node.id'])
          assert.equal(at(attributes, name), made.get(spanId).attributes[name], name);
      }
    },
  },
  {
    name: 'span links, which Phoenix drops, are there as attributes',
    run({ made, spans }) {
      const linked = spans.filter(({ spanId }) => made.get(spanId).links?.length);
      assert.ok(linked.length > 0);
      for (const { spanId, attributes } of linked)
        assert.equal(at(attributes, 'link')[0].span_id, made.get(spanId).links[0].spanId);
    },
  },
  question('what a trace cost: filter by cost.total_usd', {
    filter: ({ limit }) => `cost.total_usd > ${limit}`,
    values: ({ all }) => {
      const costs = all
        .map(({ attributes }) => attributes['cost.total_usd'])
        .filter(Boolean)
        .sort((a, b) => a - b);
      return { limit: costs[costs.length >> 1] };
    },
    fits: ({ attributes }, { limit }) => attributes['cost.total_usd'] > limit,
  }),
  question('the cost of a model: group by cost.model_name', {
    filter: ({ model }) => `attributes['cost']['model_name'] == '${model}' and cost.total_usd > 0`,
    values: ({ all }) => ({
      model: all.find(({ attributes }) => attributes['cost.total_usd'])?.attributes['cost.model_name'],
    }),
    fits: ({ attributes }, { model }) => attributes['cost.model_name'] === model && attributes['cost.total_usd'] > 0,
  }),
  question('a prompt version: filter by llm.prompt_template.version', {
    filter: ({ version }) => `attributes['llm']['prompt_template']['version'] == '${version}'`,
    values: ({ all }) => ({
      version: all.find(({ attributes }) => attributes['llm.prompt_template.version'])?.attributes[
        'llm.prompt_template.version'
      ],
    }),
    fits: ({ attributes }, { version }) => attributes['llm.prompt_template.version'] === version,
  }),
  question('a user’s way: filter by user.id', {
    filter: ({ user }) => `attributes['user']['id'] == '${user}'`,
    values: ({ all }) => ({ user: all[0].attributes['user.id'] }),
    fits: ({ attributes }, { user }) => attributes['user.id'] === user,
  }),
  question('slow operations: filter by performance.duration_seconds', {
    filter: ({ seconds }) => `attributes['performance']['duration_seconds'] > ${seconds}`,
    values: ({ all }) => {
      const times = all
        .map(({ attributes }) => attributes['performance.duration_seconds'])
        .filter(Boolean)
        .sort((a, b) => a - b);
      return { seconds: times[Math.floor(times.length * 0.8)] };
    },
    fits: ({ attributes }, { seconds }) => attributes['performance.duration_seconds'] > seconds,
  }),
  question('the latency of agents: group by agent.name', {
    filter: ({ agent }) => `span_kind == 'AGENT' and attributes['agent']['name'] == '${agent}'`,
    values: ({ all }) => ({ agent: all.find(({ attributes }) => attributes['agent.name'])?.attributes['agent.name'] }),
    fits: ({ attributes }, { agent }) =>
      attributes['openinference.span.kind'] === 'AGENT' && attributes['agent.name'] === agent,
  }),
];

/** One of the guide's questions of "Viewing in Arize", asked by Phoenix's own filter, and answered by the file. */
function question(name, { filter, values, fits }) {
  return {
    name: `the guide's question: ${name}`,
    async run({ made, api, project }) {
      const all = [...made.values()];
      const given = values({ all });
      const expected = all.filter((span) => fits(span, given)).map(({ spanId }) => spanId);
      assert.ok(expected.length > 0 && expected.length < all.length, `the question is none: ${JSON.stringify(given)}`);
      const found = await api.spans(project.id, filter(given));
      assert.deepEqual(found.map(({ spanId }) => spanId).sort(), expected.sort());
    },
  };
}
