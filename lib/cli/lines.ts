import { createReadStream } from 'node:fs';
import { isHeavyJson } from './json-weight.js';

const MAX_LINE_BYTES = 256 * 1024 * 1024; // a string in V8 holds half a gigabyte

/** A line of a file of JSON; without `text` where it is too long to be read, or would take too much memory. */
export interface Line {
  readonly number: number;
  readonly text?: string | undefined;
  /** Bytes of the file that are read. */
  readonly read: number;
}

/**
 * The lines of a file, holding one at a time. Not `node:readline`: it also ends a line at U+2028, which is an ordinary
 * character inside a JSON string.
 */
export async function* linesOf(file: string): AsyncGenerator<Line> {
  let parts: Buffer[] = [];
  let length = 0;
  let number = 1;
  let read = 0;
  const add = (part: Buffer) => {
    length += part.length;
    if (length > MAX_LINE_BYTES) parts = [];
    else if (part.length > 0) parts.push(part);
  };
  const take = (): Line => {
    const whole = Buffer.concat(parts);
    const text = length > MAX_LINE_BYTES || isHeavyJson(whole) ? undefined : whole.toString('utf8');
    parts = [];
    length = 0;
    return { number: number++, text, read };
  };
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
    let from = 0;
    read += chunk.length;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      add(chunk.subarray(from, end));
      yield take();
      from = end + 1;
    }
    add(chunk.subarray(from));
  }
  if (length > 0) yield take(); // a last line without its end: cut off, or about to be finished by its writer
}
