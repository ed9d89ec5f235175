import 'reflect-metadata'; // tsyringe needs it before anything else
import { randomUUID } from 'node:crypto';
import { startTracing, type BackendName } from 'spandrel/setup';
import { withContainer } from 'spandrel/tsyringe';
import type { DependencyContainer } from 'tsyringe';
import { CALL_SESSION, CallAnalyzer, type CallSession } from './call-analyzer.js';
import { serviceContainer } from './container.js';
import type { CallReport } from './findings.js';
import { liveClients, scriptedClients } from './model-clients.js';
import { DEFAULT_MODELS, LIVE_MODELS } from './models.js';
import { HELP, readOptions, type Options } from './options.js';
import { printSummary } from './print-summary.js';
import { readTranscript, type Transcript } from './transcript.js';
import { UsageError } from './usage-error.js';
import { verifyRun } from './verify/index.js';

/** Analyses one call in a session of its own, which a child container carries. */
async function analyse(transcript: Transcript, services: DependencyContainer): Promise<CallReport> {
  const request = services.createChildContainer();
  request.register<CallSession>(CALL_SESSION, {
    useValue: {
      sessionId: `call-${transcript.accountId}-${randomUUID().slice(0, 8)}`,
      userId: transcript.rep.toLowerCase().replaceAll(/\W+/g, '.'),
      accountId: transcript.accountId,
    },
  });
  try {
    return await withContainer(request, () => request.resolve(CallAnalyzer).analyze(transcript));
  } finally {
    await request.dispose();
  }
}

/** Those that the environment has an address for. */
function remoteBackends(env: NodeJS.ProcessEnv): BackendName[] {
  return [
    ...(env['PHOENIX_COLLECTOR_ENDPOINT'] ? (['phoenix'] as const) : []),
    ...(env['ARIZE_SPACE_ID'] ? (['arize'] as const) : []),
    ...(env['OTEL_EXPORTER_OTLP_ENDPOINT'] ? (['otlp'] as const) : []),
  ];
}

async function run({ transcripts, live, verify }: Options): Promise<void> {
  const clients = live ? liveClients(process.env) : await scriptedClients();
  const runId = randomUUID();
  const tracing = startTracing({
    projectName: process.env['DEMO_PROJECT'] ?? 'call-analyzer',
    backends: ['file', ...remoteBackends(process.env)], // the file too, for the summary below
    resourceAttributes: { 'service.instance.id': runId },
  });
  try {
    const services = serviceContainer(clients, live ? LIVE_MODELS : DEFAULT_MODELS);
    for (const path of transcripts) {
      const transcript = await readTranscript(path);
      const startedAt = performance.now();
      const { title, text } = await analyse(transcript, services);
      console.log(`\n${title} · ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n${text}`);
    }
  } finally {
    await tracing.shutdown();
    await clients.close();
  }
  const traceFile = tracing.file ?? '';
  printSummary(traceFile, runId);
  if (verify && !verifyRun(traceFile, runId, clients.ledger)) process.exitCode = 1;
}

try {
  const options = await readOptions(process.argv.slice(2), process.env['INIT_CWD'] ?? process.cwd());
  if (options.help) console.log(HELP);
  else await run(options);
} catch (error) {
  const isUsage = error instanceof UsageError;
  console.error(isUsage ? error.message : error);
  process.exitCode = isUsage ? 2 : 1;
}
