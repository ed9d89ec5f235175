import assert from 'node:assert/strict';

export const equal = assert.deepEqual;
export const same = assert.equal;
export const ok = assert.ok;
export const match = assert.match;

export function includes(text, part) {
  assert.ok(text?.includes(part), `${show(text)} does not say ${JSON.stringify(part)}`);
}

export function excludes(text, part) {
  assert.ok(!text?.includes(part), `${show(text)} says ${JSON.stringify(part)}`);
}

export function validJson(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new assert.AssertionError({ message: `no valid JSON (${error.message}): ${show(text)}` });
  }
}

const show = (text) => (typeof text === 'string' && text.length > 200 ? `${text.slice(0, 200)}…` : String(text));
