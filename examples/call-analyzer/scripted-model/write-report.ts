import type { CallReport } from '../findings.js';
import type { ModelRequest } from 'spandrel/testing';
import type { Said } from '../billing/index.js';
import { short } from './heard.js';

/** Puts the evaluations into a few lines. */
export function writeReport({ messages }: ModelRequest): Said {
  const prompt = messages[0]?.text ?? '';
  const part = (name: string): string => new RegExp(`<${name}>\\n([\\s\\S]*?)\\n</${name}>`).exec(prompt)?.[1] ?? '';
  const json = <T>(name: string): T => JSON.parse(part(name)) as T;
  const { callType, confidence, topics } = json<CallReport['classification']>('classification');
  const { score } = json<CallReport['leadScore']>('lead_score');
  const technical = json<CallReport['technical']>('technical_evaluation');
  const commercial = part('commercial_evaluation').split('\n\n');
  const paragraph = (start: string): string =>
    commercial.find((one) => one.startsWith(start)) ?? `${start} not evaluated.`;
  return {
    text: [
      `A ${callType.replaceAll('_', ' ')} (${Math.round(confidence * 100)} % sure) about ${topics.join(', ') || 'nothing in particular'}. Lead score ${score}.`,
      `Technical answers: ${technical.score} of 100. ${technical.verdict}`,
      ...technical.gaps.slice(0, 2).map((gap) => `  open: ${short(gap, 26)}`),
      ...['Value:', 'Objections:', 'Risk:', 'Next step:'].map((start) => short(paragraph(start), 44)),
    ].join('\n'),
  };
}
