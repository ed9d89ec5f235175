import assert from 'node:assert/strict';
import { textOf } from './page-text.mjs';

const MOST_ELEMENTS = 2_500; // in the document at any time, however many spans there are

const elements = (page) => page.evaluate(() => document.getElementsByTagName('*').length);
const blocks = (page) => page.evaluate(() => document.getElementsByClassName('block').length);

/** Runs it in the page, and says how long frames took meanwhile: told, never asserted, for machines differ. */
async function framesDuring(page, work) {
  await page.evaluate(() => {
    window.frames_ = [];
    let last = performance.now();
    const tick = (now) => {
      window.frames_.push(now - last);
      last = now;
      window.raf = requestAnimationFrame(tick);
    };
    window.raf = requestAnimationFrame(tick);
  });
  await work();
  return page.evaluate(() => {
    cancelAnimationFrame(window.raf);
    const sorted = window.frames_.sort((a, b) => a - b);
    const at = (q) => sorted[Math.floor(q * (sorted.length - 1))].toFixed(0);
    return `${sorted.length} frames, median ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms`;
  });
}

export const many = [
  {
    name: 'many: 50,000 spans, of which only those in sight are in the document',
    report: 'many',
    async run({ page, open }) {
      const startedAt = Date.now();
      await open();
      console.log(`      shown after ${Date.now() - startedAt} ms`);
      assert.match(await textOf(page, '#about'), /50,000 spans in 5,000 traces/);
      assert.match(await textOf(page, '#totals'), /Traces 5,000/);
      const fixed = await blocks(page);
      assert.ok((await elements(page)) - fixed < MOST_ELEMENTS);

      await page.keyboard.press('2');
      assert.equal(await textOf(page, '.count'), '5,000 traces');
      const scrolling = await framesDuring(page, () =>
        page.locator('#trace-list').evaluate(async (list) => {
          for (let top = 0; top <= list.scrollHeight; top += list.scrollHeight / 120) {
            list.scrollTop = top;
            await new Promise(requestAnimationFrame);
          }
        }),
      );
      console.log(`      scrolling through all traces: ${scrolling}`);
      assert.ok((await page.locator('#trace-list .row').count()) < 60);
      assert.ok((await elements(page)) - fixed < MOST_ELEMENTS);

      await page.locator('#trace-list').focus();
      await page.keyboard.press('End');
      assert.equal(await page.locator('#trace-list [aria-selected=true]').getAttribute('aria-posinset'), '5000');
      assert.equal(await page.locator('#waterfall .row').count(), 10);
      await page.locator('#details .part').first().waitFor();
      const typing = await framesDuring(page, async () => {
        await page.locator('#search').pressSequentially('session-77', { delay: 20 });
        await page.locator('.count', { hasText: /^\d\d? traces$/ }).waitFor();
      });
      console.log(`      typing into the search: ${typing}`);
      await page.locator('#search').fill('');
      await page.locator('#filter-model').selectOption('gpt-4.1');
      assert.match(await textOf(page, '.count'), /^[\d,]+ traces$/);
      assert.notEqual(await textOf(page, '.count'), '5,000 traces');
    },
  },
];
