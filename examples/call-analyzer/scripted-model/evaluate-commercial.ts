import type { ModelRequest } from 'spandrel/testing';
import type { Said } from '../billing/index.js';
import type { Figure } from '../tools/number-extractor.js';
import { hear, short } from './heard.js';

/** First asks for its tools, then writes from what they gave. */
export function evaluateCommercial({ messages }: ModelRequest): Said {
  const prompt = messages[0]?.text ?? '';
  const results = messages.filter(({ role }) => role === 'tool').map(({ text }) => JSON.parse(text) as unknown);
  if (results.length === 0) {
    const accountId = /with account (\S+)\. /.exec(prompt)?.[1] ?? 'unknown';
    return {
      toolCalls: [
        { name: 'lookup_crm_account', input: { account_id: accountId } },
        { name: 'extract_numbers', input: { kinds: ['money', 'percent'] } },
      ],
    };
  }
  const figures = results.find((result): result is readonly Figure[] => Array.isArray(result)) ?? [];
  const account = results.find((result): result is Account => typeof (result as Account | null)?.name === 'string');
  const { objections, promises } = hear(prompt);
  return {
    text: [value(figures, account), stood(objections), risk(figures, account, objections.length), next(promises)].join(
      '\n\n',
    ),
  };
}

interface Account {
  readonly name: string;
  readonly stage: string;
  readonly expectedAnnualValue: number;
  readonly currentAnnualValue: number;
  readonly currency: string;
  readonly openSupportCases: number;
  readonly competitors: readonly string[];
}

type Quoted = readonly { readonly speaker: string; readonly sentence: string }[];

function value(figures: readonly Figure[], account: Account | undefined): string {
  const largest = figures
    .filter(({ kind }) => kind === 'money')
    .reduce<Figure | undefined>((a, b) => (a === undefined || b.value > a.value ? b : a), undefined);
  const known = account
    ? `${account.name} is in ${account.stage}, with ${account.expectedAnnualValue.toLocaleString('en-US')} ${account.currency} a year expected and ${account.currentAnnualValue.toLocaleString('en-US')} today.`
    : 'The account is not in the customer database.';
  return `Value: ${known} ${largest ? `The largest amount in the call is ${largest.said}, named by ${largest.speaker}: "${short(largest.sentence)}"` : 'No amount was named in the call.'}`;
}

function stood(objections: Quoted): string {
  if (objections.length === 0) return 'Objections: none was raised.';
  const quotes = objections.slice(0, 3).map(({ speaker, sentence }) => `${speaker}: "${short(sentence, 20)}"`);
  return `Objections: ${objections.length} in all. ${quotes.join(' ')}`;
}

function risk(figures: readonly Figure[], account: Account | undefined, objections: number): string {
  const percents = figures.filter(({ kind }) => kind === 'percent').map(({ said }) => said);
  const level = objections >= 5 ? 'high' : objections >= 3 ? 'medium' : 'low';
  return `Risk: ${level}. ${account && account.competitors.length > 0 ? `In the running as well: ${account.competitors.join(', ')}. ` : ''}${
    percents.length > 0
      ? `Percentages on the table: ${[...new Set(percents)].join(', ')}.`
      : 'No percentage was discussed.'
  }${account && account.openSupportCases > 0 ? ` Open support cases: ${account.openSupportCases}.` : ''}`;
}

function next(promises: Quoted): string {
  return `Next step: ${
    promises.length === 0
      ? 'none was agreed.'
      : promises
          .slice(-3)
          .map(({ speaker, sentence }) => `${speaker}: ${short(sentence, 20)}`)
          .join(' ')
  }`;
}
