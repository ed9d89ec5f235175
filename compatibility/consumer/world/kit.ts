import { testTracing, type TestTracing } from 'spandrel/testing';

export const tracing: TestTracing = testTracing({ modelCosts: { 'small-model': { input: 0.25, output: 1.25 } } });

/** Runs a client's case and prints its tree; 1,000 and 500 tokens at $0.25 and $1.25 a million are $0.000875, counted once. */
export function main(work: () => Promise<void>): void {
  work()
    .then(async () => {
      console.log(tracing.tree());
      const costs = tracing.spans
        .map(({ attributes }) => attributes['cost.total_usd'])
        .filter((usd) => usd !== undefined);
      console.log(
        `owners ${costs.length}, usd ${costs.reduce((a, b) => Number(a) + Number(b), 0)}, open ${tracing.open().length}`,
      );
      await tracing.shutdown();
    })
    .catch((error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    });
}
