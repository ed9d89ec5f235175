/** Waits until `holds()` is true; throws what it waited for when it never is. */
export async function until(what, holds, seconds = 60) {
  const end = performance.now() + seconds * 1_000;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`after ${seconds} s, not yet: ${what()}`);
    await pause(50);
  }
}

export const pause = (ms) => new Promise((passed) => setTimeout(passed, ms));
