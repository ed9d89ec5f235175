import type { ParseArgsConfig } from 'node:util';
import type { Terminal } from './terminal.js';

/** What the person typed was wrong, or a file is: shown as one sentence, without a stack. */
export class CliError extends Error {
  readonly exitCode: number;

  /** `exitCode`: 2 for a wrong command line, 1 for everything else. */
  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** One command of `spandrel`, in a file of its own, which is loaded when the command is used. */
export interface Command {
  /** The text of `spandrel <name> --help`. */
  readonly help: string;
  readonly options: NonNullable<ParseArgsConfig['options']>;
  /** Throws a {@link CliError} for what cannot be done. */
  run(values: Readonly<Record<string, unknown>>, files: readonly string[], terminal: Terminal): Promise<void>;
}
