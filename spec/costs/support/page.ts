import type { Case } from './case.js';
import { publishedRates } from './price-list.js';
import type { Result } from './run-case.js';

const HEAD = `# Costs

What a call costs, provider by provider, as each one's own client gives it to a traced function: the tokens and dollars are what stood on the span.
Made by \`spec/costs\`, which holds every line against the published price; do not edit. To write it anew: \`npm run docs\`.

The prompt includes what was read from and written to the cache, the completion includes reasoning, whatever the provider's own rule is.
A dash is something that was not told: a stream that breaks off before its usage has no cost, which is not a cost of $0.
Prices are in USD per million tokens (\`@pydantic/genai-prices\`), of what the call was billed for: input / cached / cache write / output.
`;

/** docs/costs.md, of what the runs gave. */
export function page(results: readonly (readonly [Case, Result])[]): string {
  const providers = [...new Set(results.map(([{ provider }]) => provider))];
  const sections = providers.map((provider) =>
    [
      `## ${provider}\n`,
      '| provider | client | case | model | prompt tokens (cached / cache write) | completion tokens (reasoning) | USD | published price |',
      '|---|---|---|---|---|---|---|---|',
      ...results.filter(([line]) => line.provider === provider).map(row),
    ].join('\n'),
  );
  return `${HEAD}\n${sections.join('\n\n')}\n`;
}

function row([line, { tokens, usd }]: readonly [Case, Result]): string {
  const { prompt, cached, written, audio, completion, reasoning } = tokens ?? {};
  const input = details(prompt, cached || written ? [cached ?? 0, written ?? 0] : []) + (audio ? ` (${grouped(audio)} audio)` : ''); // prettier-ignore
  const output = details(completion, reasoning ? [reasoning] : []);
  const cells = [line.provider, line.client, line.case, `\`${line.model}\``, input, output, money(usd), price(line)];
  return `| ${cells.join(' | ')} |`;
}

function details(whole: number | undefined, parts: readonly number[]): string {
  if (whole === undefined) return '–';
  return parts.length > 0 ? `${grouped(whole)} (${parts.map(grouped).join(' / ')})` : grouped(whole);
}

const grouped = (tokens: number): string => tokens.toLocaleString('en-US');

/** Without the dust of binary fractions. */
const money = (usd: number | undefined): string => (usd === undefined ? '–' : `$${Number(usd.toPrecision(12))}`);

/** The rates that the line follows; those of a call that was not billed are the ones it would have followed. */
function price({ listed, billed }: Case): string {
  const { input, cached, written, written1h, audio, output } = publishedRates(listed);
  const fiveMinutes = (billed?.written ?? 0) > (billed?.written1h ?? 0);
  const rates = [
    `${input} in`,
    billed?.cached ? `${cached} cached` : '',
    fiveMinutes ? `${written} written` : '',
    billed?.written1h ? `${written1h} written for 1 h` : '',
    billed?.audio ? `${audio} audio` : '',
    output === undefined ? '' : `${output} out`,
  ];
  return rates.filter((rate) => rate !== '').join(' / ');
}
