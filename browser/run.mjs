// npm run test:browser: the page of `spandrel report` in a real Chromium. The last line is "N passed, N failed".
//   node browser/run.mjs hostile keyboard     only the cases whose name has one of these words
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cases } from './cases/index.mjs';
import { launchBrowser } from './launch.mjs';
import { Reports } from './reports.mjs';

const SECONDS = 30;

const wanted = process.argv.slice(2);
const chosen = cases.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)));
const directory = mkdtempSync(join(tmpdir(), 'spandrel-browser-'));
const reports = new Reports(directory);
const browser = await launchBrowser();
let failed = 0;
console.log(`Chromium ${browser.version()}`);
try {
  for (const { name, report, options = {}, provokes = false, run } of chosen) {
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, timezoneId: 'UTC', ...options });
    context.setDefaultTimeout(SECONDS * 1_000);
    const page = await context.newPage();
    const errors = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    page.on('request', (request) => /^https?:/.test(request.url()) && errors.push(`asked for ${request.url()}`));
    try {
      const file = await reports.file(report);
      const open = async (hash = '') => {
        await page.goto(`file://${file}${hash}`);
        await page.waitForSelector('html[data-ready]');
      };
      await run({ page, open, file, browser });
      if (errors.length > 0 && !provokes) throw new Error(`the page said:\n${errors.join('\n')}`);
      console.log(`ok    ${name}`);
    } catch (error) {
      failed++;
      console.log(`FAIL  ${name}\n${String(error.stack ?? error).replace(/^/gm, '      ')}`);
    }
    await context.close();
  }
} finally {
  await browser.close();
  rmSync(directory, { recursive: true, force: true });
}
console.log(`${chosen.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 || chosen.length === 0 ? 1 : 0;
