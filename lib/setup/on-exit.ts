/** What is done when the process is about to end. */
export interface ExitWork {
  /** Whether a flush would find something; without this, a flush that does I/O would keep the process alive for ever. */
  hasWork(): boolean;
  /** When nothing is left to do for the event loop; it may go on after it. */
  flush(): Promise<void>;
  /** On `process.exit()`, an uncaught error or the regular end: nothing asynchronous runs any more. */
  finish(): void;
}

/** Does the work when the process ends by itself or by `process.exit()`. Signals keep their meaning. Gives what takes it off again. */
export function onExit(work: ExitWork): () => void {
  const beforeExit = () => {
    if (work.hasWork()) void work.flush();
  };
  const exit = () => work.finish();
  process.on('beforeExit', beforeExit);
  process.on('exit', exit);
  return () => {
    process.off('beforeExit', beforeExit);
    process.off('exit', exit);
  };
}
