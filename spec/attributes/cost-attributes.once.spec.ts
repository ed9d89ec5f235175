import { costAttributes } from '../../lib/attributes/cost-attributes.js';

it('writes a cost under both names, with its source', () => {
  expect(
    costAttributes({ inputUsd: 0.00025, outputUsd: 0.000625, totalUsd: 0.000875, priceDate: '2026-11-01' }, 'override'),
  ).toEqual({
    'cost.input_cost_usd': 0.00025,
    'cost.output_cost_usd': 0.000625,
    'cost.total_usd': 0.000875,
    'cost.source': 'override',
    'cost.price_date': '2026-11-01',
    'llm.cost.prompt': 0.00025,
    'llm.cost.completion': 0.000625,
    'llm.cost.total': 0.000875,
  });
});

it('writes a total without parts alone', () => {
  expect(costAttributes({ totalUsd: 0 }, 'provider')).toEqual({
    'cost.total_usd': 0,
    'cost.source': 'provider',
    'llm.cost.total': 0,
  });
});

it.each([
  [0, undefined],
  [0.012, 0.012],
])('writes other costs of %d as %p', (otherUsd, written) => {
  expect(
    costAttributes({ inputUsd: 1, outputUsd: 2, otherUsd, totalUsd: 3 + otherUsd }, 'catalog')['cost.other_cost_usd'],
  ).toBe(written);
});

it('writes what is only recorded as no model call’s', () => {
  expect(costAttributes({ otherUsd: 0.5, totalUsd: 0.5 }, 'recorded')).toEqual({
    'cost.other_cost_usd': 0.5,
    'cost.total_usd': 0.5,
    'cost.source': 'recorded',
  });
});
