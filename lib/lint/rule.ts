import type { LintSpan } from './lint-span.js';

/** Told of a fault: what is wrong, and the attribute that it is about. */
export type Report = (says: string, attribute?: string) => void;

/** A rule that looks at one span at a time. */
export interface Rule {
  readonly name: string;
  /** Where it is from. */
  readonly source: string;
  check(span: LintSpan, report: Report): void;
}

export const OPENINFERENCE = 'OpenInference, spec/semantic_conventions.md';
export const OPENTELEMETRY = 'OpenTelemetry specification';
export const SPANDREL = 'spandrel, docs/attributes.md';
