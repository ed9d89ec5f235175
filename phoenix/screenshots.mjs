import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const LARGEST = 400_000;

/** Takes Phoenix's pages of one trace and of one session in a headless Chromium, for docs/images/. */
export async function screenshots(url, { project, sessions, spans }) {
  if (!existsSync(join(root, 'browser/node_modules'))) {
    const { status, stderr } = spawnSync('npm', ['ci', '--prefix', join(root, 'browser'), '--ignore-scripts'], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
  }
  const { launchBrowser } = await import('../browser/launch.mjs');
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'light' });
    const take = async (path, shows, file) => {
      await page.goto(url + path);
      await page.getByText(shows).first().waitFor({ timeout: 60_000 });
      await page.waitForLoadState('networkidle');
      await page.waitForTimeout(6_000); // what is below comes later, and fades in
      const target = join(root, 'docs/images', file);
      mkdirSync(join(root, 'docs/images'), { recursive: true });
      await page.screenshot({ path: target });
      const { size } = statSync(target);
      if (size > LARGEST) throw new Error(`${file} has ${size} bytes`);
    };
    const model = spans.find(({ spanKind, name }) => spanKind === 'llm' && name === 'Classifier.ask') ?? spans[0];
    await take(`/projects/${project.id}/traces/${model.trace.traceId}`, 'CallAnalyzer.analyze', 'phoenix-trace.png');
    await take(`/projects/${project.id}/sessions/${sessions[0].id}`, sessions[0].sessionId, 'phoenix-session.png');
  } finally {
    await browser.close();
  }
}
