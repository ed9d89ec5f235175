import type { TraceFunctionOptions } from '../../../lib/plan/trace-options.js';
import type { Answer } from './loopback.js';
import type { Listed } from './price-list.js';
import type { Tokens } from './tokens.js';

/** One line of docs/costs.md: a call of a model through a real client. */
export interface Case {
  readonly provider: string;
  readonly client: string;
  readonly case: string;
  /** The model, as the caller asks for it. */
  readonly model: string;
  readonly listed: Listed;
  /** What the provider sends, one answer a request. */
  readonly answers: readonly Answer[];
  /** The user's own function: what it gives is what is traced. It gets the loopback's address. */
  readonly run: (url: string) => unknown;
  /** What is billed as far as the client says. Undefined where it says nothing, or with no completion where it says a half: then there is no cost. */
  readonly billed: Tokens | undefined;
  /** The stream breaks off, or says so itself, once its first words are here. */
  readonly breaks?: boolean;
  /** Options of `traced` that the client needs: a response that does not name its model. */
  readonly options?: Pick<TraceFunctionOptions, 'modelName' | 'provider' | 'spanKind'>;
}
