#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { nearest } from '../options.js';
import { VERSION } from '../version.js';
import { CliError, type Command } from './command.js';
import { processTerminal } from './terminal.js';

// A command is one file, and one line here. It is loaded only when it is used, for `spandrel` should start at once.
const COMMANDS: Readonly<Record<string, { readonly summary: string; load(): Promise<{ readonly command: Command }> }>> =
  {
    tree: { summary: 'the traces of a file, as trees with time, tokens and dollars', load: () => import('./tree.js') },
    slow: { summary: 'the slowest operations, with percentiles', load: () => import('./slow.js') },
    costs: {
      summary: 'what was spent, by model, agent, session, user, prompt or tag',
      load: () => import('./costs.js'),
    },
    replay: { summary: 'sends a file to a backend', load: () => import('./replay.js') },
    doctor: { summary: 'what is configured, and whether it works', load: () => import('./doctor.js') },
    lint: { summary: 'whether spans follow the conventions', load: () => import('./lint.js') },
    report: { summary: 'one HTML page of all of it, to keep and to send', load: () => import('./report.js') },
  };

const HELP = `spandrel ${VERSION}: looks at local trace files

Usage: spandrel <command> [options] [file...]

Commands:
${Object.entries(COMMANDS)
  .map(([name, { summary }]) => `  ${name.padEnd(8)}${summary}`)
  .join('\n')}

Files are OTLP/JSON lines; without one, .spandrel/traces*.jsonl is read.
spandrel <command> --help says more, spandrel help where what --where takes. spandrel --version gives the version.`;

async function main([name, ...args]: readonly string[]): Promise<void> {
  const terminal = processTerminal();
  try {
    if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
      terminal.print(await helpOn(args));
      return;
    }
    if (name === '--version' || name === '-v') {
      terminal.print(VERSION);
      return;
    }
    const command = await find(name);
    const { values, positionals } = parse(command, args);
    if (values['help']) {
      terminal.print(command.help);
      return;
    }
    await command.run(values, positionals, terminal);
  } catch (error) {
    if (!(error instanceof CliError) && !isSystemError(error)) throw error;
    terminal.note(`spandrel: ${error.message}`);
    process.exitCode = error instanceof CliError ? error.exitCode : 1; // not process.exit(): what was printed may still be on its way through a pipe
  }
}

async function helpOn([topic]: readonly string[]): Promise<string> {
  if (topic === undefined) return HELP;
  if (topic === 'where') return (await import('./selection.js')).WHERE_HELP;
  return (await find(topic)).help;
}

/** A file that cannot be read, or a full disk: the person's, not ours, so without a stack. */
const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && typeof (error as NodeJS.ErrnoException).syscall === 'string';

async function find(name: string): Promise<Command> {
  const known = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (known) return (await known.load()).command;
  const near = nearest(name, Object.keys(COMMANDS));
  const hint = near ? ` Did you mean "${near}"?` : '';
  throw new CliError(`there is no command "${name}".${hint} Commands: ${Object.keys(COMMANDS).join(', ')}.`, 2);
}

function parse({ options }: Command, args: string[]): { values: Record<string, unknown>; positionals: string[] } {
  try {
    return parseArgs({ args, options: { ...options, help: { type: 'boolean', short: 'h' } }, allowPositionals: true });
  } catch (error) {
    throw new CliError((error as Error).message, 2);
  }
}

void main(process.argv.slice(2));
