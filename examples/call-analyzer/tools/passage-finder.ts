import { TraceFunction } from 'spandrel';
import { turnsOf, type Transcript } from '../transcript.js';
import { textOf, type Tool } from './tool.js';

/** What somebody said about a subject. */
export interface Passage {
  readonly speaker: string;
  readonly company: string | undefined;
  readonly text: string;
}

const MOST_PASSAGES = 6;

/** Finds the passages of a call in which words occur, the richest first. */
export class PassageFinder implements Tool {
  readonly name = 'find_passages';
  readonly description = `What was said about a subject: up to ${MOST_PASSAGES} passages with any of the words, those with the most of them first.`;
  readonly parameters = {
    type: 'object' as const,
    properties: { words: { type: 'string', description: 'Words or beginnings of words, separated by spaces.' } },
    required: ['words'],
  };

  @TraceFunction({ spanKind: 'TOOL', spanName: 'find_passages', captureArgs: ['input'] })
  run(input: unknown, transcript: Transcript): readonly Passage[] {
    const words = textOf(input, 'words').toLowerCase().split(/\s+/);
    const hits = (text: string): number => words.filter((word) => text.toLowerCase().includes(word)).length;
    return turnsOf(transcript.text)
      .map((turn) => ({ turn, hits: hits(turn.text) }))
      .filter((found) => found.hits > 0)
      .sort((a, b) => b.hits - a.hits)
      .slice(0, MOST_PASSAGES)
      .map(({ turn: { speaker, company, text } }) => ({ speaker, company, text }));
  }
}
