import assert from 'node:assert/strict';
import { HOSTILE_TITLE } from '../hostile-trace.mjs';

/** Everything in the document that a span could only have made by being read as HTML. */
const foreign = (page) =>
  page.evaluate(() => ({
    pwned: window.pwned,
    elements: [...document.querySelectorAll('img, svg, iframe, object, a, b[onclick], [onerror], [onload], [href^=javascript]')].map(({ outerHTML }) => outerHTML), // prettier-ignore
    running: [...document.scripts].filter(({ type }) => type === '').length,
  }));
const openAll = (page) =>
  page.locator('#details details').evaluateAll((parts) => parts.forEach((part) => (part.open = true)));
const nothing = { pwned: undefined, elements: [], running: 1 };

export const hostile = [
  {
    name: 'hostile: script in every field of a span stays text, in every view',
    report: 'hostile',
    async run({ page, open }) {
      await page.addInitScript(() => {
        window.violations = [];
        addEventListener('securitypolicyviolation', ({ violatedDirective }) =>
          window.violations.push(violatedDirective),
        );
      });
      await open();
      const title = await page.locator('#title').innerText();
      assert.equal(title.slice(0, 40), HOSTILE_TITLE.slice(0, 40));
      for (const id of ['by-model', 'by-prompt', 'by-agent', 'by-other', 'sessions', 'latency'])
        assert.match(await page.locator(`#${id}`).innerText(), /<img src=x onerror=/, `#${id} shows it as text`);
      assert.deepEqual(await foreign(page), nothing);

      await page.locator('#tab-traces').click();
      const rows = await page.locator('#trace-list .row').count();
      assert.equal(rows, 2);
      for (let index = 0; index < rows; index++) {
        await page.locator('#trace-list .row').nth(index).click();
        for (const row of await page.locator('#waterfall .row').all()) {
          await row.click();
          await page.locator('#details .contents:not([aria-busy])').waitFor();
          await openAll(page);
          assert.deepEqual(await foreign(page), nothing);
        }
      }
      await page.locator('#trace-list .row', { hasText: 'name"' }).click();
      await page.locator('#waterfall .row', { hasText: 'name"' }).click();
      await page.locator('#details .message').first().waitFor();
      await openAll(page);
      const shown = await page.locator('#details').innerText();
      for (const field of [
        'status',
        'session.id',
        'user.id',
        'input.value',
        'output.value',
        'llm.prompt_template.variables',
        'metadata',
        'key',
        'value',
        'event',
        'event key',
        'event value',
        'link value',
        'llm.input_messages.0.message.content',
        'retrieval.documents.0.document.content',
      ])
        // prettier-ignore
        assert.ok(shown.includes(`${field}"'></script></title><img src=x`), `${field} is shown as text`);

      await page.locator('#search').fill('<img src=x');
      await page.locator('#chips .chip').waitFor();
      await page.locator('#details .link').first().click();
      assert.deepEqual(await foreign(page), nothing);
      assert.deepEqual(await page.evaluate(() => window.violations), []);
    },
  },
  {
    name: 'hostile: an address with script in it stays text',
    report: 'hostile',
    async run({ page, open }) {
      await open(`#traces?text=${encodeURIComponent('<img src=x onerror="window.pwned=1">')}&model=<svg onload=window.pwned=1>&trace=99999999&span=-1&from=9e99`); // prettier-ignore
      assert.match(await page.locator('#chips').innerText(), /text: <img src=x onerror="window\.pwned=1">/);
      assert.deepEqual(await foreign(page), nothing);
    },
  },
  {
    name: 'hostile: the policy forbids what the page itself never does',
    report: 'known',
    provokes: true,
    async run({ page, open }) {
      await open();
      const tried = await page.evaluate(async () => {
        const refused = [];
        const attempt = (name, run) => {
          try {
            run();
          } catch {
            refused.push(name);
          }
        };
        attempt('innerHTML', () => (document.body.innerHTML += '<p>'));
        attempt('script text', () => (document.createElement('script').text = 'window.pwned = 1'));
        await fetch('https://127.0.0.1:9/').catch(() => refused.push('fetch'));
        return refused;
      });
      assert.deepEqual(tried, ['innerHTML', 'script text', 'fetch']);
    },
  },
  {
    name: 'hostile: a browser that names a language of no Intl shows the report all the same',
    report: 'known',
    async run({ page, open }) {
      await page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'language', { get: () => 'en-US@posix', configurable: true })); // prettier-ignore
      await open();
      assert.match(await page.locator('#totals').innerText(), /Spend/);
    },
  },
];
