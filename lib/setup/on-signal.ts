const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
const MAX_WAIT_MS = 5_000;

/**
 * Flushes when the process is asked to end, five seconds at most, and then lets the signal do what it does without tracing.
 * Where the program listens to it too, it is the program's to end. A second signal does not wait. Gives what takes it off again.
 */
export function onSignal(flush: () => Promise<void>): () => void {
  const received = new Set<NodeJS.Signals>();
  const listener = (signal: NodeJS.Signals) => {
    const alone = isAlone(signal);
    if (received.has(signal)) {
      if (alone) raise(signal);
      return;
    }
    received.add(signal);
    const timer = setTimeout(ended, MAX_WAIT_MS);
    void flush().finally(ended);
    function ended(): void {
      clearTimeout(timer);
      if (received.delete(signal) && alone) raise(signal);
    }
  };
  const raise = (signal: NodeJS.Signals) => {
    off();
    process.kill(process.pid, signal);
  };
  const off = () => {
    for (const signal of SIGNALS) process.off(signal, listener);
  };
  for (const signal of SIGNALS) process.on(signal, listener);
  return off;
}

/** Listeners of the package signal-exit raise the signal too, but only while they are the only ones: they would wait for us as we for them. */
function isAlone(signal: NodeJS.Signals): boolean {
  return process.listenerCount(signal) - 1 - signalExitCount() <= 0;
}

function signalExitCount(): number {
  const v3 = (process as { __signal_exit_emitter__?: { count?: number } }).__signal_exit_emitter__;
  const v4 = (globalThis as Record<symbol, { count?: number } | undefined>)[Symbol.for('signal-exit emitter')];
  return (v3?.count ?? 0) + (v4?.count ?? 0);
}
