/** Waits until `holds()` is true, which may be a promise's answer; throws what it waited for when it never is. */
export async function until(what, holds, { seconds = 60, everyMs = 50 } = {}) {
  const end = performance.now() + seconds * 1_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`after ${seconds} s, not yet: ${what()}`);
    await pause(everyMs);
  }
}

export const pause = (ms) => new Promise((passed) => setTimeout(passed, ms));
