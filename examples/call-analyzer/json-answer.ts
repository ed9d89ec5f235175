/** The JSON object in a model's answer; models like to put a fence round it. Throws a sentence that shows the answer. */
export function jsonAnswer<T extends object>(answer: string | null | undefined): T {
  const text = answer ?? '';
  const [json] = /\{[\s\S]*\}/.exec(text) ?? [];
  try {
    return JSON.parse(json ?? '') as T;
  } catch {
    throw new Error(`The model was asked for JSON and answered: ${text === '' ? '(nothing)' : text.slice(0, 200)}`);
  }
}
