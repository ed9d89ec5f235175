import { TraceFunction } from 'spandrel';
import { turnsOf, type Transcript } from '../transcript.js';
import { listOf, type Tool } from './tool.js';

/** A figure that somebody named. */
export interface Figure {
  readonly kind: FigureKind;
  /** As it was said: `€64,000`, `22 percent`. */
  readonly said: string;
  readonly value: number;
  readonly speaker: string;
  /** The sentence around it. */
  readonly sentence: string;
}

type FigureKind = 'money' | 'percent' | 'rate' | 'duration';

const PATTERNS: Readonly<Record<FigureKind, RegExp>> = {
  money: /[€£$]\s?(\d[\d,]*(?:\.\d+)?)/g,
  percent: /(\d+(?:\.\d+)?)\s?(?:%|percent\b)/g,
  rate: /(\d[\d,]*)\s+(?:events|messages|records) (?:per|a) second/g,
  duration: /(\d[\d,]*(?:\.\d+)?)\s+(?:milliseconds|seconds|minutes|hours|days|weeks|months|years)\b/g,
};

/** Finds the figures in a call, with who said them and in which sentence. */
export class NumberExtractor implements Tool {
  readonly name = 'extract_numbers';
  readonly description = 'Every amount of money, percentage, rate or duration in the call, with speaker and sentence.';
  readonly parameters = {
    type: 'object' as const,
    properties: { kinds: { type: 'array', items: { type: 'string', enum: Object.keys(PATTERNS) } } },
    required: ['kinds'],
  };

  // The transcript is on the agent's span already; of the arguments only the question is worth a second copy.
  @TraceFunction({ spanKind: 'TOOL', spanName: 'extract_numbers', captureArgs: ['input'] })
  run(input: unknown, transcript: Transcript): readonly Figure[] {
    const kinds = listOf(input, 'kinds');
    return turnsOf(transcript.text).flatMap(({ speaker, text }) =>
      sentencesOf(text).flatMap((sentence) =>
        (Object.keys(PATTERNS) as FigureKind[])
          .filter((kind) => kinds.includes(kind))
          .flatMap((kind) =>
            [...sentence.matchAll(PATTERNS[kind])].map(([said, digits]) => ({
              kind,
              said,
              value: numberOf(digits),
              speaker,
              sentence,
            })),
          ),
      ),
    );
  }
}

const numberOf = (digits = ''): number => Number(digits.replaceAll(',', ''));

/** The sentences of what somebody said. */
export function sentencesOf(text: string): readonly string[] {
  return text.split(/(?<=[.?!])\s+(?=["'A-Z0-9€£$])/);
}
