/** What is done when the process is about to end. */
export interface ExitWork {
  /** Whether a flush would find something; without this, a flush that does I/O would keep the process alive for ever. */
  hasWork(): boolean;
  /** When nothing is left to do for the event loop; it may go on after it. */
  flush(): Promise<void>;
  /** At an uncaught error, which the program may survive. */
  writeNow(): void;
  /** On `process.exit()` or the regular end: nothing asynchronous runs any more. */
  finish(): void;
}

/** Does the work when the process ends by itself, by `process.exit()` or by an error nobody catches. Gives what takes it off again. */
export function onExit(work: ExitWork): () => void {
  const listeners = {
    beforeExit: () => {
      if (work.hasWork()) void work.flush();
    },
    uncaughtExceptionMonitor: () => work.writeNow(), // exit code and output stay Node's
    exit: () => work.finish(),
  };
  for (const [event, listener] of Object.entries(listeners)) process.on(event, listener);
  return () => {
    for (const [event, listener] of Object.entries(listeners)) process.off(event, listener);
  };
}
