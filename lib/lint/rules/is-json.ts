/** Whether a text is JSON; of an object, if that is asked. */
export function isJson(text: string, kind?: 'object'): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return kind === undefined || (typeof value === 'object' && value !== null && !Array.isArray(value));
  } catch {
    return false;
  }
}
