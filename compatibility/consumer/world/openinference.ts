// Beside OpenInference's instrumentation of the client: its span owns the tokens, and they are counted once.
import { OpenAIInstrumentation } from '@arizeai/openinference-instrumentation-openai';
import { callBeside } from './instrumented-client.js';

callBeside(new OpenAIInstrumentation());
