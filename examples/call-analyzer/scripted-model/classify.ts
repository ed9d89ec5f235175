import type { ModelRequest } from 'spandrel/testing';
import type { Said } from '../billing/index.js';
import { hear, occurrences, short } from './heard.js';

const KINDS: Readonly<Record<string, readonly string[]>> = {
  discovery: [
    'budget',
    'how it works today',
    'pilot',
    'looked at',
    'what would be different',
    'footnote',
    'walk us through',
    'to be live',
    'approved',
  ],
  technical_review: [
    'encrypt',
    'failover',
    'schema',
    'single sign-on',
    'audit',
    'recovery',
    'penetration',
    'questionnaire',
    'partition',
    'iso 27001',
  ],
  renewal_negotiation: [
    'discount',
    'overage',
    'renewal',
    'increase',
    'contract ends',
    'offer',
    'list price',
    ' cap ',
    'sign',
    'ceiling',
    'in advance',
  ],
};

const TOPICS: Readonly<Record<string, readonly string[]>> = {
  price: ['price', 'discount', 'budget', '$', '€', '£'],
  'data loss': ['lost', 'lose', 'loss'],
  latency: ['latency', 'percentile', 'milliseconds'],
  security: ['encrypt', 'audit', 'key', 'certificate'],
  privacy: ['personal data', 'works council', 'patient data'],
  seasonality: ['sale week', 'peak', 'seasonal'],
};

/** Classifies by what is talked about most. */
export function classify(request: ModelRequest): Said {
  const { transcript, turns, customerSentences } = hear(request.messages[0]?.text ?? '');
  const scores = Object.entries(KINDS).map(([kind, words]) => ({ kind, score: occurrences(transcript.text, words) }));
  const total = scores.reduce((sum, { score }) => sum + score, 0);
  const best = scores.reduce((a, b) => (b.score > a.score ? b : a));
  const topics = Object.entries(TOPICS)
    .map(([topic, words]) => ({ topic, count: occurrences(transcript.text, words) }))
    .filter(({ count }) => count > 1)
    .sort((a, b) => b.count - a.count)
    .slice(0, 3)
    .map(({ topic }) => topic);
  const speakers = [...new Set(turns.map(({ speaker }) => speaker))];
  const longest = customerSentences.reduce((a, b) => (b.sentence.length > a.length ? b.sentence : a), '');
  return {
    reasoning: `Counted: ${scores.map(({ kind, score }) => `${kind} ${score}`).join(', ')}. ${speakers.length} speakers; the head says "${transcript.title}". The clearest sentence of the customer: ${longest}`,
    text: JSON.stringify({
      callType: total === 0 ? 'other' : best.kind,
      confidence: total === 0 ? 0 : Number((best.score / total).toFixed(2)),
      topics,
      summary: `${speakers.join(', ')} talk about ${topics.length > 0 ? topics.join(', ') : 'nothing in particular'}. ${short(longest)}`,
    }),
  };
}
