import { createReadStream } from 'node:fs';

const MAX_LINE_BYTES = 256 * 1024 * 1024; // a string in V8 holds half a gigabyte

/** A line of a file; without `text` where it is too long to be read. */
export interface Line {
  readonly number: number;
  readonly text?: string | undefined;
}

/**
 * The lines of a file, holding one at a time. Not `node:readline`: it also ends a line at U+2028, which is an ordinary
 * character inside a JSON string.
 */
export async function* linesOf(file: string): AsyncGenerator<Line> {
  let parts: Buffer[] = [];
  let length = 0;
  let number = 1;
  const add = (part: Buffer) => {
    length += part.length;
    if (length > MAX_LINE_BYTES) parts = [];
    else if (part.length > 0) parts.push(part);
  };
  const take = (): Line => {
    const text = length > MAX_LINE_BYTES ? undefined : Buffer.concat(parts).toString('utf8');
    parts = [];
    length = 0;
    return { number: number++, text };
  };
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      add(chunk.subarray(from, end));
      yield take();
      from = end + 1;
    }
    add(chunk.subarray(from));
  }
  if (length > 0) yield take(); // a last line without its end: cut off, or about to be finished by its writer
}
