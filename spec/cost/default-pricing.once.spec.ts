import { catalogue } from '../../lib/cost/catalogue.js';
import { DefaultPricingService } from '../../lib/cost/default-pricing.js';

it('begins to load the catalogue with its first request, which has no price yet', async () => {
  const service = new DefaultPricingService();
  const price = (): number | undefined =>
    service.price({ provider: 'openai', model: 'gpt-4o', usage: { prompt: 1_000, completion: 500 }, at: new Date() })
      ?.totalUsd;
  expect(price()).toBeUndefined();
  while (!catalogue.ready) await new Promise((later) => setTimeout(later, 5));
  expect(price()).toBeGreaterThan(0);
});
