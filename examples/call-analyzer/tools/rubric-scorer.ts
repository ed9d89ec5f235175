import { TraceFunction } from 'spandrel';
import type { Transcript } from '../transcript.js';
import { listOf, type Tool } from './tool.js';

/** A rating of one criterion, from 0 to 5, with its evidence. */
export interface Rating {
  readonly criterion: string;
  readonly rating: number;
  readonly quote: string;
}

/** What the ratings come to. */
export interface RubricScore {
  /** From 0 to 100. */
  readonly score: number;
  readonly counted: readonly string[];
  readonly rejected: readonly { readonly criterion: string; readonly why: string }[];
}

/** As in the rubric that the technical evaluator works by. */
const WEIGHTS: Readonly<Record<string, number>> = {
  performance: 20,
  reliability: 25,
  integration: 20,
  security: 20,
  data_governance: 15,
};

/** Adds ratings up by the rubric's weights, after checking that each quote was really said. */
export class RubricScorer implements Tool {
  readonly name = 'score_rubric';
  readonly description =
    'The weighted score of ratings. A rating counts only if its quote is in the transcript, word for word.';
  readonly parameters = {
    type: 'object' as const,
    properties: {
      ratings: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            criterion: { type: 'string', enum: Object.keys(WEIGHTS) },
            rating: { type: 'integer', minimum: 0, maximum: 5 },
            quote: { type: 'string' },
          },
          required: ['criterion', 'rating', 'quote'],
        },
      },
    },
    required: ['ratings'],
  };

  @TraceFunction({ spanKind: 'TOOL', spanName: 'score_rubric', captureArgs: ['input'] })
  run(input: unknown, transcript: Transcript): RubricScore {
    const ratings = listOf(input, 'ratings') as readonly Rating[];
    const rejected = ratings.flatMap((rating) => {
      const why = faultOf(rating, transcript);
      return why === undefined ? [] : [{ criterion: rating.criterion, why }];
    });
    const counted = ratings.filter((rating) => faultOf(rating, transcript) === undefined);
    const weight = sum(counted.map(({ criterion }) => WEIGHTS[criterion] ?? 0));
    const points = sum(counted.map(({ criterion, rating }) => ((WEIGHTS[criterion] ?? 0) * rating) / 5));
    return {
      score: weight === 0 ? 0 : Math.round((100 * points) / weight),
      counted: counted.map(({ criterion }) => criterion),
      rejected,
    };
  }
}

function faultOf({ criterion, rating, quote }: Rating, { text }: Transcript): string | undefined {
  if (WEIGHTS[criterion] === undefined) return 'no such criterion';
  if (!Number.isInteger(rating) || rating < 0 || rating > 5) return 'a rating is a whole number from 0 to 5';
  return quote !== '' && text.includes(quote) ? undefined : 'the quote is not in the transcript';
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
