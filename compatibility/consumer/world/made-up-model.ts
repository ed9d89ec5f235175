import { TraceLLM } from 'spandrel';

/** A service with no client and no network: what its model answers is made up on the spot. */
export class Service {
  @TraceLLM({ modelNameAttr: 'model' })
  async ask(model: string) {
    return {
      id: 'r-1',
      object: 'chat.completion',
      model,
      choices: [],
      usage: { prompt_tokens: 1_000, completion_tokens: 500 },
    };
  }
}
