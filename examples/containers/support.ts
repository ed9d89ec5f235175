import { SessionScoped, TraceFunction, type Price, type PricingService } from 'spandrel';
import { testTracing } from 'spandrel/testing';

/** What every container here makes, from a model that it makes too. */
@SessionScoped() // the session is the container's to know
export class Support {
  constructor(private readonly model: Model) {}

  @TraceFunction<Support['ask']>({ spanKind: 'LLM', modelName: 'house-small', usage: ({ tokens }) => tokens })
  async ask(question: string): Promise<Answer> {
    return this.model.answer(question);
  }
}

export interface Answer {
  readonly text: string;
  readonly tokens: { readonly prompt: number; readonly completion: number };
}

export class Model {
  async answer(question: string): Promise<Answer> {
    await new Promise(setImmediate); // so that requests that run at once take turns
    return { text: `You asked: ${question}`, tokens: { prompt: 1_000, completion: 500 } };
  }
}

/** A price list: so much a call. */
export class FlatPrice implements PricingService {
  constructor(private readonly totalUsd: number) {}

  price(): Price {
    return { totalUsd: this.totalUsd };
  }
}

const tracing = testTracing();

/** Prints what each call in `work` cost, and for whom. */
export async function show(when: string, work: () => Promise<unknown>): Promise<void> {
  tracing.reset();
  await work();
  const calls = tracing.spans.map(
    ({ attributes }) => `${String(attributes['session.id']).padEnd(8)} $${attributes['cost.total_usd']}`,
  );
  for (const call of calls.sort()) console.log(when.padEnd(14), call);
}
