import { isVendor, parseTranscript, turnsOf, type Transcript, type Turn } from '../transcript.js';
import { sentencesOf } from '../tools/number-extractor.js';

/** What an attentive reader takes from a transcript. The scripted models answer from it, so another call gives another report. */
export interface Heard {
  readonly transcript: Transcript;
  readonly turns: readonly Turn[];
  /** Sentences in which the customer objects, the strongest first. */
  readonly objections: readonly Said[];
  /** Questions that the customer asked and the vendor put off. */
  readonly putOff: readonly { readonly question: string; readonly answer: string }[];
  /** What the vendor said it will do. */
  readonly promises: readonly Said[];
  readonly vendorSentences: readonly Said[];
  readonly customerSentences: readonly Said[];
}

interface Said {
  readonly speaker: string;
  readonly sentence: string;
}

/** Reads the transcript out of a prompt. */
export function hear(prompt: string): Heard {
  const text = /<transcript>\n([\s\S]*?)\n<\/transcript>/.exec(prompt)?.[1] ?? prompt;
  const transcript = parseTranscript(text, 'call');
  const turns = turnsOf(text);
  const said = (who: readonly Turn[]): Said[] =>
    who.flatMap(({ speaker, text: words }) => sentencesOf(words).map((sentence) => ({ speaker, sentence })));
  const vendorSentences = said(turns.filter((turn) => isVendor(turn, transcript)));
  const customerSentences = said(turns.filter((turn) => !isVendor(turn, transcript)));
  return {
    transcript,
    turns,
    vendorSentences,
    customerSentences,
    objections: strongest(customerSentences, OBJECTION_WORDS),
    putOff: turns.flatMap((turn, i) => {
      const next = turns[i + 1];
      const question = isVendor(turn, transcript)
        ? undefined
        : sentencesOf(turn.text).findLast((one) => one.endsWith('?'));
      const answer =
        next && isVendor(next, transcript) ? sentencesOf(next.text).find((one) => PUTTING_OFF.test(one)) : undefined;
      return question === undefined || answer === undefined ? [] : [{ question, answer }];
    }),
    promises: vendorSentences.filter(({ sentence }) => PROMISE.test(sentence)),
  };
}

const OBJECTION_WORDS: Readonly<Record<string, number>> = {
  'too expensive': 5,
  'do not accept': 5,
  'that is a problem': 5,
  'not optional': 4,
  'lock-in': 4,
  'have a problem': 4,
  'not something i can defend': 4,
  worried: 3,
  concern: 3,
  worry: 3,
  'not sure': 3,
  'i do not want': 2,
  unfortunate: 2,
  'more than i have': 2,
  'not a good look': 1,
};
const PUTTING_OFF =
  /get back to you|do not know|let me check|cannot (?:tell|promise|commit)|do not want to promise|I (?:will|can) ask|need to (?:ask|check)/i;
const PROMISE =
  /\b(?:I|[Ww]e|[Yy]ou|[A-Z][a-z]+) (?:will|can certainly) (?:send|have a draft|have the paper|get the|arrange|answer|do that)|\bby (?:Mon|Tues|Wednes|Thurs|Fri)day/;

function strongest(sentences: readonly Said[], words: Readonly<Record<string, number>>): readonly Said[] {
  const strength = ({ sentence }: Said): number =>
    Object.entries(words).reduce(
      (sum, [word, weight]) => sum + (sentence.toLowerCase().includes(word) ? weight : 0),
      0,
    );
  return sentences.filter((one) => strength(one) > 0).sort((a, b) => strength(b) - strength(a));
}

/** A sentence short enough to be quoted. */
export function short(sentence: string, words = 24): string {
  const all = sentence.split(/\s+/);
  return all.length <= words
    ? sentence
    : `${all
        .slice(0, words)
        .join(' ')
        .replace(/[,;.]$/, '')} …`;
}

/** How often any of the words occur. */
export function occurrences(text: string, words: readonly string[]): number {
  return words.reduce((sum, word) => sum + text.toLowerCase().split(word).length - 1, 0);
}
