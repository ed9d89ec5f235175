import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';

/** One thing that somebody said. */
export interface Turn {
  readonly speaker: string;
  readonly company: string | undefined;
  readonly text: string;
}

/** A sales call as it was transcribed, with what its head says about it. */
export interface Transcript {
  readonly title: string;
  readonly accountId: string;
  readonly rep: string;
  readonly vendor: string;
  readonly text: string;
}

export async function readTranscript(path: string): Promise<Transcript> {
  return parseTranscript(await readFile(path, 'utf8'), basename(path).replace(/\.[^.]*$/, ''));
}

/** Reads the head (`Account: …`), if there is one: a bare conversation is a transcript too. Its first speaker is then the rep. */
export function parseTranscript(text: string, name: string): Transcript {
  const head = (key: string): string | undefined =>
    new RegExp(`^${key}:[ \\t]*(.+)$`, 'mi').exec(text.slice(0, 1000))?.[1]?.trim();
  const [first] = turnsOf(text);
  return {
    title: head('Call') ?? name,
    accountId: /\(([^()]+)\)/.exec(head('Account') ?? '')?.[1] ?? head('Account') ?? 'unknown',
    rep: head('Rep') ?? first?.speaker ?? 'unknown',
    vendor: head('Vendor') ?? first?.company ?? first?.speaker ?? 'unknown',
    text,
  };
}

const TURN = /^(?:\[[\d:.]+\]\s*)?([^:()[\]\n]{2,40}?)(?:\s*\(([^()\n]+)\))?:[ \t]+(.+)$/;
const HEAD_KEYS = new Set(['call', 'account', 'date', 'rep', 'vendor', 'duration']);

/** Who said what, in order. */
export function turnsOf(text: string): readonly Turn[] {
  return text.split(/\r?\n/).flatMap((line): Turn[] => {
    const [, speaker, company, said] = TURN.exec(line.trim()) ?? [];
    return speaker === undefined || said === undefined || HEAD_KEYS.has(speaker.toLowerCase())
      ? []
      : [{ speaker, company, text: said }];
  });
}

/** Whether somebody speaks for the vendor; where no companies are noted, the rep alone does. */
export function isVendor({ speaker, company }: Turn, { vendor, rep }: Pick<Transcript, 'vendor' | 'rep'>): boolean {
  return company === undefined ? speaker === rep : company === vendor;
}
