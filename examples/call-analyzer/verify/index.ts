import type { ModelExchange } from 'spandrel/testing';
import { CHECKS, scriptedChecks, type Check } from './checks.js';
import { modelOf, numberAt, tokensOf } from './model-call.js';
import { publishedPrice } from './published-price.js';
import { TAMPERINGS } from './tampering.js';
import { readRun, type TraceRun } from './trace-run.js';

const MOST_FAULTS_SHOWN = 5;

/**
 * Checks a run by its trace file: every dollar against genai-prices' own data, every token against what the server billed.
 * Then plants mistakes in copies of the run, to show that it would have found them. True when all is well.
 */
export function verifyRun(traceFile: string, runId: string, ledger: readonly ModelExchange[] | undefined): boolean {
  const run = readRun(traceFile, runId);
  const checks = ledger === undefined ? CHECKS : [...CHECKS, ...scriptedChecks(ledger)];
  console.log(`\nVerifying ${run.spans.length} spans of this run in ${traceFile}\n`);
  printPrices(run);
  console.log();
  const holding = checks.filter((check) => report(check, faultsOf(check, run)));
  if (ledger === undefined)
    console.log('The real endpoints keep no ledger to compare with: tokens are as they reported them.');

  const allHold = holding.length === checks.length;
  const missed =
    allHold && ledger !== undefined
      ? TAMPERINGS.filter(({ plant }) => checks.every((check) => faultsOf(check, plant(run)).length === 0))
      : [];
  for (const { what } of missed) console.log(`FAIL  this planted mistake was not found: ${what}`);
  if (allHold && ledger !== undefined)
    console.log(
      `\n${TAMPERINGS.length - missed.length} of ${TAMPERINGS.length} mistakes planted in copies of the trace were found.`,
    );
  const fine = allHold && missed.length === 0;
  console.log(fine ? 'Verified.' : 'NOT verified.');
  return fine;
}

function faultsOf(check: Check, run: TraceRun): readonly string[] {
  try {
    return check.faults(run);
  } catch (error) {
    return [(error as Error).message];
  }
}

function report({ says }: Check, faults: readonly string[]): boolean {
  console.log(`${faults.length === 0 ? 'ok   ' : 'FAIL '} ${says}`);
  for (const fault of faults.slice(0, MOST_FAULTS_SHOWN)) console.log(`        ${fault}`);
  if (faults.length > MOST_FAULTS_SHOWN) console.log(`        and ${faults.length - MOST_FAULTS_SHOWN} more`);
  return faults.length === 0;
}

/** One line a model: tokens, the dollars on the spans, and the same recomputed. */
function printPrices({ modelCalls }: TraceRun): void {
  const rows = [...new Set(modelCalls.map(modelOf))].sort().map((model) => {
    const calls = modelCalls.filter((span) => modelOf(span) === model);
    const sum = (of: (call: (typeof calls)[number]) => number): number =>
      calls.reduce((total, call) => total + of(call), 0);
    const due = calls.map((call) => publishedPrice(model, tokensOf(call), call.endedAt)?.total);
    const tokens = (['prompt', 'cacheRead', 'cacheWrite', 'completion'] as const).map((kind) =>
      sum((call) => tokensOf(call)[kind]).toLocaleString('en-US'),
    );
    const dollars = due.includes(undefined)
      ? ['no price', 'no price']
      : [
          sum((call) => numberAt(call, 'cost.total_usd', NaN)),
          due.reduce<number>((total, one) => total + (one ?? 0), 0),
        ].map((usd) => `$${usd.toFixed(9)}`);
    return [model, String(calls.length), ...tokens, ...dollars];
  });
  const table = [
    ['model', 'calls', 'tokens in', 'cache read', 'cache write', 'tokens out', 'recorded', 'recomputed'],
    ...rows,
  ];
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => (row[column] ?? '').length)));
  for (const row of table)
    console.log(
      row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
    );
}
