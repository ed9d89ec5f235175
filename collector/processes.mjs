// Every process that a run starts. Those that still run when it ends, however it ends, are killed.
import { spawn } from 'node:child_process';

const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));

/** A process, what it says as it says it, and its end. */
export class Process {
  stdout = '';
  stderr = '';
  exited = false;
  #child;
  #end;

  constructor(command, args, options) {
    this.#child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(this.#child);
    this.#child.stdout.on('data', (chunk) => (this.stdout += chunk));
    this.#child.stderr.on('data', (chunk) => (this.stderr += chunk));
    this.#end = new Promise((ended, failed) => {
      this.#child.on('error', failed);
      this.#child.on('close', (code) => {
        this.exited = true;
        running.delete(this.#child);
        ended(code);
      });
    });
    this.#end.catch(() => {}); // it is told to whoever waits
  }

  /** The exit code; null when a signal ended it. */
  end() {
    return this.#end;
  }

  async signal(name) {
    this.#child.kill(name);
    await this.#end;
  }
}
