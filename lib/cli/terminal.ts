import type { Paint } from '../tree/paint.js';
import { ansi, plain } from '../tree/paint.js';

/** Where a command writes. */
export interface Terminal {
  /** Results, on stdout. */
  print(text: string): void;
  /** What is not a result, on stderr. */
  note(text: string): void;
  /** Colours, where stdout shows them. */
  readonly paint: Paint;
}

/** The process's own streams. A reader that closes the pipe early (`| head`) ends the program without a word. */
export function processTerminal(): Terminal {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  return {
    print: (text) => void process.stdout.write(`${text}\n`),
    note: (text) => void process.stderr.write(`${text}\n`),
    paint: showsColours(process.env, process.stdout.isTTY) ? ansi : plain,
  };
}

/** As Node.js decides it: FORCE_COLOR, then NO_COLOR, then whether it is a terminal. */
export function showsColours(env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  const { FORCE_COLOR: force, NO_COLOR: no, TERM: term } = env;
  if (force !== undefined) return force !== '0' && force !== 'false';
  return !no && isTerminal && term !== 'dumb';
}
