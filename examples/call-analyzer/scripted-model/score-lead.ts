import type { ModelRequest } from 'spandrel/testing';
import type { Said } from '../billing/index.js';
import { hear, occurrences } from './heard.js';

const FOR = [
  'agreed',
  'that helps',
  'perfect',
  'i would take that',
  'good.',
  'agree',
  'pilot',
  'i decide',
  'is not a problem',
  'next week',
  'by friday',
  'a yes',
];
const AGAINST = [
  'too expensive',
  'problem',
  'not sure',
  'worried',
  'concern',
  'lock-in',
  'exception',
  'do not accept',
  'not there yet',
  'offer on my desk',
];

/** Weighs signals for a contract against signals against it. */
export function scoreLead(request: ModelRequest): Said {
  const { transcript } = hear(request.messages[0]?.text ?? '');
  const count = (words: readonly string[]): number => occurrences(transcript.text, words);
  const heardIn = (words: readonly string[]): string[] => words.filter((word) => count([word]) > 0);
  const [pro, contra] = [count(FOR), count(AGAINST)];
  const score = Number(((pro + 1) / (pro + contra + 2)).toFixed(2));
  return {
    text: JSON.stringify({
      score,
      signals: [...heardIn(FOR).map((word) => `+ ${word}`), ...heardIn(AGAINST).map((word) => `- ${word}`)].slice(0, 8),
    }),
  };
}
