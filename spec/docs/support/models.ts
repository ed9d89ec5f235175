// The real clients of two providers, whose requests never leave the process: what the samples call.
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';

const answer = (body: object) => Promise.resolve(Response.json(body));

interface Asked {
  readonly model: string;
}
const asked = (init: RequestInit | undefined) => JSON.parse(init?.body as string) as Asked;

let made = 0;

export const openai = new OpenAI({
  apiKey: 'none',
  maxRetries: 0,
  fetch: (_url, init) =>
    answer({
      ...{ id: `chatcmpl-${++made}`, object: 'chat.completion', created: 0, model: `${asked(init).model}-2024-07-18` },
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'A technical review.' } }],
      usage: { prompt_tokens: 1_000, completion_tokens: 500, total_tokens: 1_500 },
    }),
});

export const anthropic = new Anthropic({
  apiKey: 'none',
  maxRetries: 0,
  fetch: (_url, init) =>
    answer({
      ...{ id: `msg_${++made}`, type: 'message', role: 'assistant', model: asked(init).model },
      ...{ content: [{ type: 'text', text: 'Deep enough.' }], stop_reason: 'end_turn', stop_sequence: null },
      usage: { input_tokens: 1_000, output_tokens: 500 },
    }),
});
