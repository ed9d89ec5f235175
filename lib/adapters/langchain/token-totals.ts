import type { AddCost } from '../../cost/ledger.js';
import type { ModelResponse } from '../../cost/model-response.js';

/** What the model calls of one handler have used so far. */
export interface TokenTotals {
  /** Model calls that reported their tokens. */
  readonly calls: number;
  readonly prompt: number;
  readonly completion: number;
  /** In USD; without the calls that have no price. */
  readonly totalUsd: number;
  /** How many of the calls have no price, or none yet. */
  readonly unpriced: number;
}

/** Adds up model calls as they are counted. */
export class RunningTotals {
  #calls = 0;
  #prompt = 0;
  #completion = 0;
  #totalUsd = 0;
  #unpriced = 0;

  /** Takes a response; its cost may follow later. */
  readonly add = ({ usage: { prompt = 0, completion = 0 } }: ModelResponse): AddCost => {
    this.#calls++;
    this.#prompt += prompt;
    this.#completion += completion;
    this.#unpriced++;
    return (usd) => {
      if (usd === undefined) return;
      this.#unpriced--;
      this.#totalUsd += usd;
    };
  };

  soFar(): TokenTotals {
    return {
      calls: this.#calls,
      prompt: this.#prompt,
      completion: this.#completion,
      totalUsd: this.#totalUsd,
      unpriced: this.#unpriced,
    };
  }
}
