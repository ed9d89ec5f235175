// The page of `spandrel report`: lib/report/page in one HTML file, with a place for the data.
//   import { writePage } from './page.mjs'; await writePage('dist/report/page.html');
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = join(root, 'lib/report/page');
const uplot = dirname(createRequire(import.meta.url).resolve('uplot/package.json'));

/** Writes the page; the browser runs this script and this style alone, loads nothing and sends nothing. */
export async function writePage(file) {
  const [script, style] = [await bundledScript(), await minifiedStyle()];
  const policy = [
    `default-src 'none'`,
    `script-src '${hash(script)}'`,
    `style-src '${hash(style)}'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types 'none'`,
  ];
  const parts = { csp: policy.join('; '), style, script };
  const html = readFileSync(join(page, 'page.html'), 'utf8').replace(/<!--(csp|style|script)-->/g, (_, name) => parts[name]); // prettier-ignore
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, html.replace('</html>', `<!--\nHolds uPlot:\n${licence()}\n-->\n</html>`));
}

async function bundledScript() {
  const { outputFiles } = await build({
    ...{ entryPoints: [join(page, 'main.ts')], tsconfig: join(page, 'tsconfig.json'), write: false, bundle: true },
    ...{ minify: true, format: 'iife', target: 'es2022', charset: 'utf8', legalComments: 'none', logLevel: 'error' },
    ignoreAnnotations: true, // package.json's sideEffects speaks of dist/; here language.ts is one, on purpose
  });
  const [{ text }] = outputFiles;
  if (/<!--|<\/?script/i.test(text)) throw new Error('the script of the page would end, or hide, its own element');
  return text;
}

async function minifiedStyle() {
  const css = [join(uplot, 'dist/uPlot.min.css'), join(page, 'page.css')].map((file) => readFileSync(file, 'utf8'));
  return (await transform(css.join('\n'), { loader: 'css', minify: true })).code;
}

const licence = () => readFileSync(join(uplot, 'LICENSE'), 'utf8').trim();
const hash = (text) => `sha256-${createHash('sha256').update(text).digest('base64')}`;
