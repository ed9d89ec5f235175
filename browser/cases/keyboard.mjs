import assert from 'node:assert/strict';
import { textOf } from './page-text.mjs';

const focused = (page) => page.evaluate(() => document.activeElement.id);

export const keyboard = [
  {
    name: 'keyboard: from the search to a trace, its spans, their contents, and back, without a mouse',
    report: 'known',
    async run({ page, open }) {
      await open();
      await page.keyboard.press('2');
      assert.equal(await page.locator('#tab-traces').getAttribute('aria-selected'), 'true');
      await page.keyboard.press('/');
      assert.equal(await focused(page), 'search');
      await page.keyboard.type('CallAnalyzer');
      await page.locator('.count', { hasText: /^2 traces$/ }).waitFor();
      await page.keyboard.press('Escape');
      assert.equal(await focused(page), 'trace-list');
      await page.keyboard.press('End');
      assert.match(await textOf(page, '#trace-list [aria-selected=true]'), /\$0\.0125/);
      await page.keyboard.press('Enter');
      assert.equal(await focused(page), 'waterfall');
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('j');
      assert.match(await textOf(page, '#details h3'), /^Evaluator\.ask/);
      const active = await page.locator('#waterfall').getAttribute('aria-activedescendant');
      assert.match(await textOf(page, `#${active}`), /Evaluator\.ask/);
      await page.keyboard.press('Enter');
      assert.equal(await focused(page), 'details');
      await page.keyboard.press('Escape');
      assert.equal(await focused(page), 'waterfall');
      await page.keyboard.press('Escape');
      assert.equal(await focused(page), 'trace-list');
    },
  },
  {
    name: 'keyboard: the arrows fold and unfold spans',
    report: 'known',
    async run({ page, open }) {
      await open('#traces');
      await page.locator('#trace-list').focus();
      await page.keyboard.press('End');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowLeft');
      assert.equal(await page.locator('#waterfall .row').count(), 2);
      assert.equal(await page.locator('#waterfall [aria-selected=true]').getAttribute('aria-expanded'), 'false');
      await page.keyboard.press('ArrowRight');
      assert.equal(await page.locator('#waterfall .row').count(), 4);
    },
  },
  {
    name: 'keyboard: tabs, buttons and choices are reached by Tab; ? shows the keys',
    report: 'known',
    async run({ page, open }) {
      await open();
      await page.locator('#tab-overview').focus();
      await page.keyboard.press('ArrowRight');
      assert.equal(await focused(page), 'tab-traces');
      await page.keyboard.press('ArrowLeft');
      const reached = new Set();
      for (let i = 0; i < 40; i++) {
        await page.keyboard.press('Tab');
        reached.add(await page.evaluate(() => document.activeElement.id || document.activeElement.textContent));
      }
      for (const name of ['search', 'filter-model', 'errors', 'large', 'session-1', 'evaluator'])
        assert.ok(reached.has(name), `Tab does not reach ${name}: ${[...reached].join(', ')}`);
      await page.evaluate(() => document.activeElement.blur());
      await page.keyboard.press('?');
      assert.equal(await page.locator('#help').isVisible(), true);
      await page.keyboard.press('Escape');
      assert.equal(await page.locator('#help').isVisible(), false);
    },
  },
];
