const SEED = Number(process.env['FUZZ_SEED'] ?? 4711);

/**
 * How a property is run: with the same values each time, so that the suite fails by a change and never by chance.
 * `npm run fuzz` draws new ones, and many more.
 */
export const propertyRuns = (numRuns = 100): { numRuns: number; seed: number } => ({
  numRuns: Number(process.env['FUZZ_RUNS'] ?? numRuns),
  seed: SEED,
});
