// Beside OpenLLMetry's instrumentation of the client.
import { OpenAIInstrumentation } from '@traceloop/instrumentation-openai';
import { callBeside } from './instrumented-client.js';

callBeside(new OpenAIInstrumentation());
