/** Tells the person who runs the program, in one line on stderr. */
export function say(sentence: string): void {
  try {
    process.stderr.write(`spandrel: ${sentence}\n`);
  } catch {
    // stderr may be closed; the program goes on
  }
}
