import assert from 'node:assert/strict';
import { tableOf, textOf } from './page-text.mjs';

const traceCount = (page) => textOf(page, '.count');

export const filters = [
  {
    name: 'filters: a click on a model looks at that model alone, everywhere',
    report: 'known',
    async run({ page, open }) {
      await open();
      await page.locator('#by-model').getByRole('button', { name: 'large' }).click();
      assert.match(await textOf(page, '#totals'), /Spend \$0\.01875 .* Traces 2/);
      assert.deepEqual((await tableOf(page, '#by-model')).map(([model]) => model), ['large']); // prettier-ignore
      assert.equal(await page.locator('#filter-model').inputValue(), 'large');
      await page.getByRole('button', { name: 'Remove the filter model: large' }).click();
      assert.match(await textOf(page, '#totals'), /Traces 3/);
    },
  },
  {
    name: 'filters: choices are combined',
    report: 'known',
    async run({ page, open }) {
      await open('#traces');
      assert.equal(await traceCount(page), '3 traces');
      await page.locator('#filter-tag').selectOption('production');
      assert.equal(await traceCount(page), '2 traces');
      await page.locator('#filter-user').selectOption('bert');
      assert.equal(await traceCount(page), '1 trace');
      await page.getByRole('button', { name: 'Remove the filter clear all' }).click();
      assert.equal(await traceCount(page), '3 traces');
    },
  },
  {
    name: 'filters: failed spans alone; the others of the trace are dimmed',
    report: 'known',
    async run({ page, open }) {
      await open('#traces');
      await page.locator('#errors').check();
      assert.equal(await traceCount(page), '1 trace');
      await page.locator('#details .error-text').waitFor();
      assert.equal(await textOf(page, '#details .error-text'), 'RateLimitError: 429');
      assert.equal(await page.locator('#waterfall .row.dimmed').count(), 3);
      assert.equal(await page.locator('#waterfall .row').count(), 4);
    },
  },
  {
    name: 'filters: the search finds names, and what is only in inputs and outputs',
    report: 'known',
    async run({ page, open }) {
      await open('#traces');
      await page.locator('#search').fill('classifier');
      await page.locator('.count', { hasText: /^1 trace$/ }).waitFor();
      await page.locator('#search').fill('NEEDLE in the haystack');
      await page.locator('#waterfall h2, .trace-head h2', { hasText: 'CallAnalyzer.analyze' }).waitFor();
      await page.locator('.count', { hasText: /^1 trace$/ }).waitFor();
      await page.locator('#search').fill('"transcript":"Ana');
      await page.locator('.count', { hasText: /^2 traces$/ }).or(page.locator('.count', { hasText: /^3 traces$/ })).waitFor(); // prettier-ignore
      await page.locator('#search').fill('no such thing');
      await page.locator('.count', { hasText: /^0 traces$/ }).waitFor();
      await page.locator('#search').fill('');
      await page.locator('.count', { hasText: /^3 traces$/ }).waitFor();
    },
  },
  {
    name: 'filters: dragging over the chart looks at that time alone',
    report: 'known',
    async run({ page, open }) {
      await open();
      const box = await page.locator('#over-time .u-over').boundingBox();
      await page.mouse.move(box.x + box.width * 0.7, box.y + 80);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width - 2, box.y + 80, { steps: 5 });
      await page.mouse.up();
      await page.locator('#chips .chip').waitFor();
      assert.match(await textOf(page, '#totals'), /Spend \$0\.001 .* Traces 1 /);
    },
  },
  {
    name: 'filters: traces in the order of time, length and cost',
    report: 'known',
    async run({ page, open }) {
      const order = () => page.locator('#trace-list .row').evaluateAll((rows) => rows.map((row) => row.querySelector('.usd').textContent)); // prettier-ignore
      await open('#traces');
      assert.deepEqual(await order(), ['$0.001', '$0.00625', '$0.0125']);
      await page.getByLabel('Order of traces').selectOption('slowest');
      assert.deepEqual(await order(), ['$0.00625', '$0.0125', '$0.001']);
      await page.getByLabel('Order of traces').selectOption('dearest');
      assert.deepEqual(await order(), ['$0.0125', '$0.00625', '$0.001']);
    },
  },
];
