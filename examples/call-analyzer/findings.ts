import type { SpanContext } from '@opentelemetry/api';
import type { Transcript } from './transcript.js';

/** What kind of call it is. */
export interface Classification {
  readonly callType: 'discovery' | 'technical_review' | 'renewal_negotiation' | 'other';
  readonly confidence: number;
  readonly topics: readonly string[];
  readonly summary: string;
}

/** What the evaluators are given. */
export interface Briefing {
  readonly transcript: Transcript;
  readonly classification: Classification;
  /** The span of the classification: the evaluations are linked to it. */
  readonly classifiedIn: SpanContext | undefined;
}

export interface LeadScore {
  readonly score: number;
  readonly signals: readonly string[];
}

export interface TechnicalEvaluation {
  readonly score: number;
  readonly verdict: string;
  readonly strengths: readonly string[];
  readonly gaps: readonly string[];
}

/** All that is known about a call in the end. */
export interface CallReport {
  readonly title: string;
  readonly classification: Classification;
  readonly leadScore: LeadScore;
  readonly technical: TechnicalEvaluation;
  readonly commercial: string;
  readonly text: string;
}
