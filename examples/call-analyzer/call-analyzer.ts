import { SessionScoped, TraceFunction } from 'spandrel';
import { InjectWith } from 'spandrel/tsyringe';
import { Classifier } from './classifier.js';
import { CommercialEvaluator } from './commercial-evaluator.js';
import type { CallReport } from './findings.js';
import { LeadScorer } from './lead-scorer.js';
import { ReportWriter } from './report-writer.js';
import { TechnicalEvaluator } from './technical-evaluator.js';
import type { Transcript } from './transcript.js';

/** Who has a call analysed, and in which session. */
export interface CallSession {
  readonly sessionId: string;
  readonly userId: string;
  readonly accountId: string;
}

/** The container's token for the session of a request. */
export const CALL_SESSION = Symbol('call session');

/** Analyses one call: classifies it, lets the evaluators look at it side by side, compiles the report. */
@SessionScoped({
  sessionId: ({ self }) => self.session.sessionId,
  userId: ({ self }) => self.session.userId,
  metadata: ({ self }) => ({ account: self.session.accountId }),
  tags: ['sales-call', 'demo'],
})
@InjectWith(CALL_SESSION, Classifier, LeadScorer, TechnicalEvaluator, CommercialEvaluator, ReportWriter)
export class CallAnalyzer {
  constructor(
    readonly session: CallSession,
    private readonly classifier: Classifier,
    private readonly leadScorer: LeadScorer,
    private readonly technical: TechnicalEvaluator,
    private readonly commercial: CommercialEvaluator,
    private readonly reportWriter: ReportWriter,
  ) {}

  @TraceFunction()
  async analyze(transcript: Transcript): Promise<CallReport> {
    const { classification, span } = await this.classifier.classify(transcript);
    const briefing = { transcript, classification, classifiedIn: span };
    const [leadScore, technical, commercial] = await Promise.all([
      this.leadScorer.score(transcript),
      this.technical.evaluate(briefing),
      joined(this.commercial.evaluate(briefing)),
    ]);
    const evaluations = { title: transcript.title, classification, leadScore, technical, commercial };
    return { ...evaluations, text: await this.reportWriter.write(evaluations) };
  }
}

async function joined(texts: AsyncIterable<string>): Promise<string> {
  let all = '';
  for await (const text of texts) all += text;
  return all;
}
