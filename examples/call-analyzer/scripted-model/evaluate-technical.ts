import type { ModelRequest } from 'spandrel/testing';
import type { Said } from '../billing/index.js';
import type { RubricScore } from '../tools/rubric-scorer.js';
import { hear, occurrences, short, type Heard } from './heard.js';

const CRITERIA: Readonly<Record<string, readonly string[]>> = {
  performance: ['latency', 'percentile', 'events per second', 'messages a second', 'milliseconds', 'peak', 'burst'],
  reliability: [
    'failover',
    'outage',
    'lost',
    'buffer',
    'replay',
    'recovery',
    'zone',
    'quorum',
    'gateway can hold',
    'waits',
  ],
  integration: [
    'protocol',
    'mqtt',
    'hl7',
    'fhir',
    'schema',
    'connector',
    'kafka',
    'webassembly',
    'transform',
    'profile',
  ],
  security: ['encrypt', 'key', 'access', 'audit', 'sign-on', 'saml', 'penetration', 'ciphertext', 'approv'],
  data_governance: ['retention', 'parquet', 'object storage', 'region', 'delet', 'country', 'backups', 'you own'],
};

/** Three rounds: looks passages up, has its ratings added up, gives a verdict. */
export function evaluateTechnical({ messages }: ModelRequest): Said {
  const heard = hear(messages[0]?.text ?? '');
  const results = messages.filter(({ role }) => role === 'tool').map(({ text }) => JSON.parse(text) as unknown);
  const score = results.find(isScore);
  if (results.length === 0) return search(heard);
  return score === undefined ? rate(heard) : conclude(heard, score);
}

function search({ transcript }: Heard): Said {
  const mostDiscussed = Object.values(CRITERIA)
    .map((words) => ({ words, count: occurrences(transcript.text, words) }))
    .sort((a, b) => b.count - a.count)
    .slice(0, 2);
  return {
    text: 'I will look at the two subjects that take the most room first.',
    toolCalls: mostDiscussed.map(({ words }) => ({
      name: 'find_passages',
      input: { words: words.filter((word) => !word.includes(' ')).join(' ') },
    })),
  };
}

function rate(heard: Heard): Said {
  const ratings = Object.keys(CRITERIA).flatMap((criterion) => {
    const rated = rating(criterion, heard);
    return rated === undefined ? [] : [rated];
  });
  return ratings.length === 0
    ? conclude(heard, { score: 0, counted: [], rejected: [] })
    : { toolCalls: [{ name: 'score_rubric', input: { ratings } }] };
}

/** A sentence of the vendor with figures rates higher than one without; what was put off lowers it by one. */
function rating(criterion: string, { vendorSentences, putOff }: Heard) {
  const words = CRITERIA[criterion] ?? [];
  const about = vendorSentences.filter(({ sentence }) => occurrences(sentence, words) > 0 && !sentence.endsWith('?'));
  const exact = about.filter(({ sentence }) => /\d|percentile|quorum|second|minute/.test(sentence));
  const best = (exact.length > 0 ? exact : about).reduce<string>(
    (a, { sentence }) => (occurrences(sentence, words) > occurrences(a, words) || a === '' ? sentence : a),
    '',
  );
  if (best === '') return undefined;
  const open = putOff.some(({ question, answer }) => occurrences(question + answer, words) > 0);
  return {
    criterion,
    rating: 1 + (about.length > 3 ? 1 : 0) + Math.min(3, exact.length) - (open ? 1 : 0),
    quote: best,
  };
}

function conclude(heard: Heard, { score, counted }: RubricScore): Said {
  const strengths = counted
    .map((criterion) => ({ criterion, rated: rating(criterion, heard) }))
    .filter(({ rated }) => (rated?.rating ?? 0) >= 4);
  const gaps = heard.putOff.map(({ question, answer }) => `${short(question, 14)}: "${short(answer, 18)}"`);
  const missing = Object.keys(CRITERIA).filter((criterion) => !counted.includes(criterion));
  const first = heard.putOff[0];
  return {
    text: JSON.stringify({
      score,
      verdict:
        score >= 60
          ? `Good enough to go on${first ? `; to be settled first: ${short(first.question, 16)}` : '.'}`
          : `Too early to go on: ${first ? short(first.question, 16) : 'too little was answered with figures.'}`,
      strengths: strengths.map(({ criterion, rated }) => `${criterion}: ${short(rated?.quote ?? '', 22)}`).slice(0, 3),
      gaps: [...gaps, ...missing.map((criterion) => `${criterion}: never came up`)].slice(0, 4),
    }),
  };
}

function isScore(result: unknown): result is RubricScore {
  return typeof (result as Partial<RubricScore> | null)?.score === 'number';
}
