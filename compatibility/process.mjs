import { spawn } from 'node:child_process';

const MINUTES = 3;

/** Runs a program to its end: { code, out, err }; what takes minutes is ended. */
export function run(binary, args, { cwd, env = {} }) {
  return new Promise((resolve) => {
    const child = spawn(binary, args, {
      cwd,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, NO_COLOR: '1', ...env },
    });
    let out = '';
    let err = '';
    const timer = setTimeout(() => child.kill('SIGKILL'), MINUTES * 60_000);
    child.stdout.on('data', (chunk) => (out += chunk));
    child.stderr.on('data', (chunk) => (err += chunk));
    child.on('error', (error) => (err += String(error)));
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code: code ?? signal, out, err });
    });
    child.stdin.end();
  });
}

/** What is wrong with a program's run, or undefined: it ends with 0 and prints what is expected. */
export function fault({ code, out, err }, expected) {
  if (code !== 0) return `exit ${code}: ${firstOf(err || out)}`;
  if (expected === undefined || same(out) === same(expected)) return undefined;
  const [got, wanted] = [same(out).split('\n'), same(expected).split('\n')];
  const at = wanted.findIndex((line, i) => line !== got[i]);
  const line = at === -1 ? wanted.length : at;
  return `line ${line + 1}: expected ${JSON.stringify(wanted[line])}, got ${JSON.stringify(got[line])}`;
}

const same = (text) => text.trim().replace(/[ \t]+$/gm, '');
/** The line that says what happened. */
export const firstOf = (text) =>
  (text.split('\n').find((line) => /error|cannot|not found|expected/i.test(line)) ?? text.split('\n')[0] ?? '').trim().slice(0, 200); // prettier-ignore
