// node browser/screenshots.mjs: pictures of the report for docs/looking.md, from the demo's trace. Needs a build and
// npm ci --prefix browser.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoTrace } from '../scripts/demo-trace.mjs';
import { root } from '../scripts/emit.mjs';
import { launchBrowser } from './launch.mjs';

const RUNS = 6; // so that there is something to compare
const images = join(root, 'docs/images');

const directory = mkdtempSync(join(tmpdir(), 'spandrel-screenshots-'));
const browser = await launchBrowser();
try {
  mkdirSync(images, { recursive: true });
  for (let run = 0; run < RUNS; run++) demoTrace(directory);
  execFileSync(process.execPath, [join(root, 'dist/cli/main.js'), 'report', '--title', 'Call analyzer'], { cwd: directory }); // prettier-ignore
  for (const theme of ['light', 'dark']) {
    await picture(`report-overview-${theme}`, theme, { height: 900 });
    await picture(`report-trace-${theme}`, theme, {
      height: 660,
      hash: '#traces',
      row: 'CommercialEvaluator.askForFindings',
    });
  }
} finally {
  await browser.close();
  rmSync(directory, { recursive: true, force: true });
}

async function picture(name, colorScheme, { height, hash = '', row }) {
  const page = await browser.newPage({ viewport: { width: 1280, height }, colorScheme, deviceScaleFactor: 1.25, timezoneId: 'UTC' }); // prettier-ignore
  await page.goto(`file://${join(directory, 'report.html')}${hash}`);
  await page.waitForSelector('html[data-ready]');
  if (row) {
    await page.locator('#waterfall').evaluate((list) => (list.scrollTop = list.scrollHeight)); // only rows in sight exist
    await page.locator('#waterfall .row', { hasText: row }).first().click();
    await page.locator('#details .part').first().waitFor();
    await page.mouse.move(0, 0);
  }
  await page.waitForTimeout(300); // the chart is drawn in a frame of its own
  await page.screenshot({ path: join(images, `${name}.png`) });
  await page.close();
}
