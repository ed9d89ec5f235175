import type { Paint } from '../tree/paint.js';
import { ansi, plain } from '../tree/paint.js';
import { Progress } from './progress.js';

/** Where a command writes. */
export interface Terminal {
  /** Results, on stdout. */
  print(text: string): void;
  /** A result for programs, on stdout: JSON over several lines. */
  printJson(value: unknown): void;
  /** What is not a result, on stderr. */
  note(text: string): void;
  /** Colours, where stdout shows them. */
  readonly paint: Paint;
  /** How far long work is, on stderr where that is a terminal. */
  progress(): Progress;
}

/** The process's own streams. A reader that closes the pipe early (`| head`) ends the program without a word. */
export function processTerminal(): Terminal {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  const { isTTY } = process.stderr;
  return {
    print: (text) => void process.stdout.write(`${text}\n`),
    printJson: (value) => void process.stdout.write(`${printableJson(value)}\n`),
    note: (text) => void process.stderr.write(`${text}\n`),
    paint: showsColours(process.env, process.stdout.isTTY) ? ansi : plain,
    progress: () => new Progress(isTTY ? (text) => void process.stderr.write(text) : () => {}),
  };
}

/** JSON escapes the control characters below U+0020 only; those of C1 and of text direction move a terminal too. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** As Node.js decides it: FORCE_COLOR, then NO_COLOR, then whether it is a terminal. */
export function showsColours(env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  const { FORCE_COLOR: force, NO_COLOR: no, TERM: term } = env;
  if (force !== undefined) return force !== '0' && force !== 'false';
  return !no && isTerminal && term !== 'dumb';
}
