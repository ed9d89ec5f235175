import { reportOnce } from '../safely.js';

/** Factors on the standard rates, as the providers publish them for all models that have the tier. Tiers with a price list of their own are not here. */
const TIER_FACTORS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  openai: { batch: 0.5, flex: 0.5 }, // half of standard: platform.openai.com/docs/guides/batch, …/guides/flex-processing
  azure: { batch: 0.5 }, // half of global standard: learn.microsoft.com/azure/ai-services/openai/how-to/batch
  anthropic: { batch: 0.5, us: 1.1 }, // docs.claude.com/en/docs/build-with-claude/batch-processing; …/about-claude/pricing, "Data residency": inference_geo us
  google: { batch: 0.5, flex: 0.5 }, // ai.google.dev/gemini-api/docs/batch-api, …/docs/flex-inference
  aws: { batch: 0.5, flex: 0.5 }, // aws.amazon.com/bedrock/pricing, "Batch", "Flex"
};
const STANDARD_TIERS = new Set(['', 'default', 'standard', 'auto', 'on_demand']);

/** What a service tier makes of the standard price; undefined, and reported, where that is not known. */
export function tierFactor(provider: string, serviceTier: string | undefined, model: string): number | undefined {
  if (serviceTier === undefined || STANDARD_TIERS.has(serviceTier)) return 1;
  let factor = 1;
  for (const tier of serviceTier.toLowerCase().split('+')) {
    if (STANDARD_TIERS.has(tier)) continue;
    const tierFactor = TIER_FACTORS[provider]?.[tier];
    if (tierFactor === undefined) {
      reportOnce(
        `no price is known for the service tier "${tier}" of "${model}"; add it to modelCosts: { '${model}': { input, output, serviceTiers: { ${tier}: … } } }`,
      );
      return undefined;
    }
    factor *= tierFactor;
  }
  return factor;
}
