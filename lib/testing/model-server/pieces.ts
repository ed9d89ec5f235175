const LENGTH = 32; // characters; some eight tokens of English

/** The text in pieces of a few tokens, as a streaming model sends it. Joined they are the text. */
export function* piecesOf(text: string): Generator<string> {
  const characters = Array.from(text);
  for (let at = 0; at < characters.length; at += LENGTH) yield characters.slice(at, at + LENGTH).join('');
}
