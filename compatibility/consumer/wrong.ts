// Wrong uses: each line that says so is an error, in these words.
import { PromptTemplate, TraceAgent, TraceFunction, traced } from 'spandrel';

export class Wrong {
  @TraceFunction() // says: This decorator goes on
  get model(): string {
    return 'm';
  }

  @TraceFunction({ spanKnd: 'LLM' }) // says: spanKnd
  misspelt(): void {}

  @TraceFunction({ spanKind: 'MODEL' }) // says: MODEL
  kind(): void {}

  @TraceFunction // says: TraceFunction
  withoutParentheses(): void {}

  @TraceAgent({}) // says: agentName
  nobody(): void {}

  @PromptTemplate('Analyze {transcript}') // says: transcript
  prompt(given: { text: string }): string {
    return given.text;
  }
}

export const answer: unknown = traced('no function', {}); // says: string
