import { diag, DiagLogLevel } from '@opentelemetry/api';
import { catalogue } from '../../lib/cost/catalogue.js';
import { DefaultPricingService } from '../../lib/cost/default-pricing.js';
import { priceWith, type PricingLink, pricingLinks } from '../../lib/cost/price-chain.js';
import type { Price, PriceRequest, PricingService } from '../../lib/cost/pricing-service.js';
import { forgetReports } from '../../lib/safely.js';

const request: PriceRequest = { model: 'gpt-4o', usage: { prompt: 1000, completion: 500 }, at: new Date('2026-11-20') };
const warnings: string[] = [];

beforeAll(() => catalogue.load());
beforeEach(() => {
  forgetReports();
  const warn = (text: string): void => void warnings.push(text);
  diag.setLogger(
    { error: warn, warn, info: warn, debug: warn, verbose: warn },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  warnings.length = 0;
});
afterEach(() => diag.disable());

const giving = (price: unknown): PricingService => ({ price: () => price as Price });
const link = (price: unknown, source: PricingLink['source'] = 'service'): PricingLink => ({
  service: giving(price),
  source,
});
const good: Price = { totalUsd: 1 };

it('takes the first price, and says where it came from', () => {
  expect(priceWith([link(undefined), link({ totalUsd: 0 }, 'override'), link(good, 'catalog')], request)).toEqual({
    price: { totalUsd: 0 },
    source: 'override',
  });
});

it('gives none when nobody knows the model', () => {
  expect(priceWith([], request)).toBeUndefined();
  expect(priceWith([link(undefined), link(null)], request)).toBeUndefined();
  expect(warnings).toEqual([]);
});

it.each<[string, unknown]>([
  ['no total', { inputUsd: 1 }],
  ['a NaN', { totalUsd: NaN }],
  ['less than nothing', { totalUsd: -1 }],
  ['infinity', { totalUsd: Infinity }],
  ['text', { totalUsd: '1' }],
  ['a bad part', { totalUsd: 1, inputUsd: NaN }],
  ['another bad part', { totalUsd: 1, outputUsd: -1 }],
  ['a bad rest', { totalUsd: 1, otherUsd: '0' }],
  ['a number', 1],
  ['a promise', Promise.resolve(good)],
  ['a promise that fails', Promise.reject(new Error('mine'))],
])('passes over a service that gives %s, and says so once', (_, price) => {
  const links = [link(price), link(good, 'catalog')];
  expect(priceWith(links, request)).toEqual({ price: good, source: 'catalog' });
  expect(priceWith(links, request)).toEqual({ price: good, source: 'catalog' });
  expect(warnings).toHaveLength(1);
});

it('passes over a service that throws, and says so once', () => {
  class Broken implements PricingService {
    price(): never {
      throw new Error('no database');
    }
  }
  const links: PricingLink[] = [{ service: new Broken(), source: 'service' }, link(good)];
  expect([priceWith(links, request)?.price, priceWith(links, request)?.price]).toEqual([good, good]);
  expect(warnings).toEqual([expect.stringMatching(/Broken.*no database/)]);
});

it('makes the total the sum of its parts where they differ by rounding', () => {
  const price = { inputUsd: 0.1, outputUsd: 0.2, totalUsd: 0.3 };
  expect(priceWith([link(price)], request)?.price.totalUsd).toBe(0.1 + 0.2);
  expect(priceWith([link({ ...price, otherUsd: 1, totalUsd: 1.3 })], request)?.price.totalUsd).toBeCloseTo(1.3, 12);
  expect(warnings).toEqual([]);
});

it('reports a total that contradicts its parts, and keeps both', () => {
  const price = { inputUsd: 0.1, outputUsd: 0.2, totalUsd: 0.5 };
  expect(priceWith([link(price)], request)?.price).toEqual(price);
  expect(warnings).toHaveLength(1);
});

it.each([
  [{ totalUsd: 0.5, inputUsd: 0.1 }],
  [{ totalUsd: 0.5 }],
  [{ totalUsd: 0.5, outputUsd: 0.5, priceDate: '2026-01-01' }],
])('keeps %j as it is', (price) => {
  expect(priceWith([link(price)], request)?.price).toEqual(price);
  expect(warnings).toEqual([]);
});

describe('the links of a registered service', () => {
  const modelCosts = { 'gpt-4o': { input: 0.25, output: 1.25 } };
  const sources = (service: unknown): unknown => pricingLinks(service).map(({ source }) => source);

  it('are its parts where it is the default one', () => {
    expect(sources(new DefaultPricingService())).toEqual(['catalog']);
    expect(sources(new DefaultPricingService({ modelCosts }))).toEqual(['override', 'catalog']);
    expect(priceWith(pricingLinks(new DefaultPricingService({ modelCosts })), request)).toMatchObject({
      source: 'override',
      price: { totalUsd: 0.000875 },
    });
    expect(priceWith(pricingLinks(new DefaultPricingService()), request)).toMatchObject({
      source: 'catalog',
      price: { totalUsd: 0.0075 },
    });
  });

  it('are itself where it extends the default one with a price of its own', () => {
    class Doubled extends DefaultPricingService {
      override price(asked: PriceRequest): Price | undefined {
        const price = super.price(asked);
        return price && { totalUsd: price.totalUsd * 2 };
      }
    }
    expect(sources(new Doubled())).toEqual(['service']);
    expect(priceWith(pricingLinks(new Doubled()), request)?.price.totalUsd).toBe(0.015);
    class Same extends DefaultPricingService {}
    expect(sources(new Same())).toEqual(['catalog']);
  });

  it('are itself where it is the user’s, with modelCosts of its own or not', () => {
    expect(sources(giving(good))).toEqual(['service']);
    expect(sources({ modelCosts, price: () => good })).toEqual(['service']);
    class Mine {
      price(): Price {
        return good;
      }
    }
    expect(sources(new Mine())).toEqual(['service']);
  });

  it('are overrides where it is a table, read once', () => {
    const table = { modelCosts };
    expect(sources(table)).toEqual(['override']);
    expect(pricingLinks(table)).toBe(pricingLinks(table));
    expect(priceWith(pricingLinks(table), request)).toMatchObject({
      source: 'override',
      price: { totalUsd: 0.000875 },
    });
  });

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['text', 'cheap'],
    ['an object without a price', {}],
    ['a table with an error', { modelCosts: { m: { input: -1, output: 1 } } }],
    [
      'a hostile object',
      new Proxy(
        {},
        {
          get: () => {
            throw new Error('no');
          },
        },
      ),
    ],
  ])('are none where it is %s, which is said once', (_, service) => {
    expect(pricingLinks(service)).toEqual([]);
    expect(pricingLinks(service)).toEqual([]);
    expect(warnings).toHaveLength(1);
  });
});

it('the default service prices by itself as well', () => {
  expect(new DefaultPricingService().price(request)?.totalUsd).toBe(0.0075);
  expect(new DefaultPricingService({ modelCosts: { x: { input: 1, output: 1 } } }).price(request)?.totalUsd).toBe(
    0.0075,
  );
  expect(new DefaultPricingService().price({ ...request, model: 'nobody-knows' })).toBeUndefined();
  expect(() => new DefaultPricingService({ modelCosts: { x: { input: -1, output: 1 } } })).toThrow(
    /modelCosts\["x"\]\.input/,
  );
});
