import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { tableOf, textOf } from './page-text.mjs';

export const content = [
  {
    name: 'content: the totals are those of all spans',
    report: 'known',
    async run({ page, open }) {
      await open();
      assert.equal(await page.title(), 'Known');
      assert.match(await textOf(page, '#about'), /10 spans in 3 traces · times in UTC/);
      const totals = await textOf(page, '#totals');
      assert.match(totals, /Spend \$0\.01975 1 call without a price/);
      assert.match(totals, /Model calls 4 1\.3 a trace/);
      assert.match(totals, /Tokens 3,585 3,410 in · 175 out/);
      assert.match(totals, /Failed spans 1 in 1 trace$/);
    },
  },
  {
    name: 'content: costs by model and by prompt version, unknown prices as such',
    report: 'known',
    async run({ page, open }) {
      await open();
      assert.deepEqual(await tableOf(page, '#by-model'), [
        ['large', '2', '3,150', '$0.009375', '$0.01875'],
        ['small', '1', '420', '$0.001', '$0.001'],
        ['house-7b', '1', '15', '', 'no price'],
      ]);
      assert.deepEqual(
        (await tableOf(page, '#by-prompt')).map(([prompt, calls, , , usd]) => [prompt, calls, usd]),
        [
          ['2.0: Analyze this call: {transcript}', '2', '$0.0135'],
          ['2.1: Analyze this call: {transcript}', '1', '$0.00625'],
          ['(none)', '1', 'no price'],
        ],
      );
    },
  },
  {
    name: 'content: latency of agents, with percentiles, and of other groups',
    report: 'known',
    async run({ page, open }) {
      await open();
      assert.deepEqual(await tableOf(page, '#latency'), [
        ['evaluator', '2', '', '1.80 s', '3.80 s', '3.80 s', '3.80 s', '', ''],
      ]);
      await page.getByLabel('Latency by', { exact: true }).selectOption('model');
      assert.deepEqual(
        (await tableOf(page, '#latency')).map((cells) => [cells[0], cells[1], cells[6], cells[7], cells[8]]),
        [
          ['large', '3', '2.50 s', '300 ms', '1'],
          ['small', '1', '500 ms', '', ''],
          ['house-7b', '1', '100 ms', '', ''],
        ],
      );
    },
  },
  {
    name: 'content: sessions lead to their traces',
    report: 'known',
    async run({ page, open }) {
      await open();
      const sessions = await tableOf(page, '#sessions');
      assert.deepEqual(
        sessions.map((cells) => [cells[0], cells[1], cells[3], cells[4], cells[8]]),
        [
          ['session-2', 'bert', '4.00 s', '1', '$0.00625'],
          ['session-1', 'ada', '2.00 s', '1', '$0.0125'],
        ],
      );
      await page.getByRole('button', { name: 'session-1' }).click();
      assert.equal(await page.locator('#trace-list .row').count(), 1);
      assert.match(await textOf(page, '#chips'), /session: session-1/);
    },
  },
  {
    name: 'content: cost over time is a chart that says its numbers',
    report: 'known',
    async run({ page, open }) {
      await open();
      assert.equal(await page.locator('#over-time .chart').getAttribute('aria-label'), 'Cost over time: large $0.01875, small $0.001'); // prettier-ignore
      const drawn = await page.locator('#over-time canvas').evaluate((canvas) => {
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        return new Set(new Uint32Array(data.buffer)).size;
      });
      assert.ok(drawn > 3, `${drawn} colours are on the canvas`);
      await page.getByLabel('What is added up over time', { exact: true }).selectOption('failed');
      assert.match(
        await page.locator('#over-time .chart').getAttribute('aria-label'),
        /^Failed spans over time: large 1$/,
      );
    },
  },
  {
    name: 'content: a trace as a waterfall, with messages, input, output and events of its spans',
    report: 'known',
    async run({ page, open }) {
      await open('#traces');
      await page.locator('#trace-list .row', { hasText: '2.00 s' }).click();
      const spans = await page.locator('#waterfall .row').evaluateAll((rows) => rows.map((row) => [row.ariaLevel, row.querySelector('.title').textContent, row.querySelector('.number').textContent])); // prettier-ignore
      assert.deepEqual(spans, [
        ['1', 'CallAnalyzer.analyze', '2.00 s'],
        ['2', 'agent.evaluator', '1.80 s'],
        ['3', 'Evaluator.ask', '1.00 s'],
        ['3', 'find_passages', '100 ms'],
      ]);
      const bar = await page.locator('#waterfall .row', { hasText: 'Evaluator.ask' }).locator('.span-bar').evaluate(({ style }) => [style.left, style.width]); // prettier-ignore
      assert.deepEqual(bar, ['10%', '50%']);
      assert.match(
        await textOf(page, '#details'),
        /Input \{ "transcript": "Ana: Does it scale\?" \} Output It does, says the needle/,
      );
      await page.locator('#waterfall .row', { hasText: 'Evaluator.ask' }).click();
      await page.locator('#details .message').first().waitFor();
      const roles = await page.locator('#details .message').evaluateAll((messages) => messages.map((message) => [message.dataset.role, message.querySelector('pre').textContent])); // prettier-ignore
      assert.deepEqual(roles, [
        ['system', 'You judge sales calls.'],
        ['user', 'Ana: Does it scale?'],
        ['assistant', '{\n  "query": "scaling limits"\n}'],
      ]);
      assert.match(await textOf(page, '#details'), /first chunk 300 ms .* tokens 2,000 in · 100 out cost \$0\.0125 agent evaluator session session-1 user ada tags production, eu/); // prettier-ignore
      await page.locator('#waterfall .row', { hasText: 'find_passages' }).click();
      await page.locator('#details .event').waitFor();
      assert.match(
        await textOf(page, '#details .event'),
        /cache after 1\.35 s cache\.hit true|cache after .* cache\.hit true/,
      );
    },
  },
  {
    name: 'content: without contents none of them is in the file, and the page says so',
    report: 'bare',
    async run({ page, open, file }) {
      await open('#traces');
      await page.locator('#details .empty').waitFor();
      assert.match(await textOf(page, '#left-out'), /Inputs, outputs and other attributes are left out\./);
      assert.match(await textOf(page, '#details'), /This report was made without contents\./);
      assert.equal(readFileSync(file, 'utf8').includes('class="block"'), false);
    },
  },
  {
    name: 'content: the address holds what is shown',
    report: 'known',
    async run({ page, open }) {
      await open('#traces');
      await page.locator('#trace-list .row', { hasText: '2.00 s' }).click();
      await page.locator('#waterfall .row', { hasText: 'find_passages' }).click();
      await page.locator('#details h3', { hasText: 'find_passages' }).waitFor();
      await page.reload();
      await page.waitForSelector('html[data-ready]');
      assert.match(await textOf(page, '#details h3'), /^find_passages/);
      await page.locator('#tab-overview').click();
      await page.goBack();
      assert.equal(await page.locator('#traces').isVisible(), true);
    },
  },
];
