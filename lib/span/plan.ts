import type { Attributes, AttributeValue, Context, Link, SpanKind } from '@opentelemetry/api';
import type { AnyFn, Call, Site, SiteCall } from './call.js';
import type { SpanRun } from './span-run.js';

/** Opens a scope for a call: gives the context that the call, and its span, run in. */
export type Scope = (active: Context, call: Call) => Context;

/** How a call ended. */
export type Outcome =
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'cancelled' };

/**
 * What a plan adds to its span beside capture; the cost of model calls is one. Hooks are guarded: none reaches the user's call.
 */
export interface Observer {
  /** The span has started, sampled or not; `active` is the context around it. */
  started(run: SpanRun, active: Context): void;
  /** A chunk of a stream was delivered. */
  chunk(run: SpanRun, value: unknown): void;
  /**
   * Whether it needs the call though nobody records spans. `active` is the context around the call; without it the question is
   * whether any call might be needed, and the answer must come fast.
   */
  wants(active?: Context): boolean;
  /**
   * The call is over. The observer may keep the span open by returning true: it then calls `run.close()` itself, once, and the span
   * ends with the time at which the call was over.
   */
  ended(run: SpanRun, outcome: Outcome): boolean;
}

/** Puts a span into other conventions, beside those it is made in. */
export interface Translation {
  /** What a span starts with, and what it is called unless its options name it. */
  start(
    attributes: Attributes,
    name: string,
    isNamed: boolean,
  ): { readonly attributes: Attributes; readonly name: string; readonly kind?: SpanKind };
  /** What is added at the end to what is on the span by then. */
  end(attributes: Attributes): Attributes;
}

/** How a span is made of a call. */
export interface SpanPlan {
  /** The span's name, from the call and from what the span starts with. */
  readonly name: (call: Call, start: Attributes) => string;
  /** Whether the user has named it. */
  readonly isNamed: boolean;
  /** Where the settings ask for other conventions too. */
  readonly translation?: (() => Translation | undefined) | undefined;
  /** What is known before any call, for samplers: one object for all calls. */
  readonly start: Attributes;
  /** What is known before this call, for samplers; absent when nothing depends on the call. */
  readonly startOf?: ((call: Call) => Attributes) | undefined;
  readonly links?: ((call: Call, active: Context) => Link[]) | undefined;
  /** Attributes made before the body runs, on recording spans only. */
  readonly begin: (call: SiteCall, run: SpanRun) => Attributes;
  /** Attributes made of the value, on recording spans only; `call` is there when {@link keepsCall} says so. */
  readonly end: (value: unknown, call: Call | undefined, run: SpanRun) => Attributes;
  /** Whether the call's `this` and arguments are needed when it ends: they are kept alive until then. */
  readonly keepsCall: boolean;
  /** Gathers chunks into the output; made at the first chunk of a recording span. */
  readonly aggregate?: ((run: SpanRun) => Aggregate | undefined) | undefined;
  /** Makes an error's text fit to be recorded. */
  readonly redact: (text: string, active: Context) => string;
  /** Makes an attribute that the user's code set by hand fit to be recorded. */
  readonly redactAttribute: (name: string, value: AttributeValue, active: Context) => AttributeValue;
  /** What is run in the body's place, where the call must not be made; asked once a call, after the span has started. */
  readonly instead?: ((run: SpanRun, active: Context) => AnyFn | undefined) | undefined;
  readonly observer?: Observer | undefined;
}

/** The chunks of a stream on their way to the output. */
export interface Aggregate {
  add(chunk: unknown): void;
  attributes(): Attributes;
}

/** What the pipeline runs: scopes to open, outermost first, then at most one span. It knows no money and no prompts. */
export interface Plan {
  readonly site: Site;
  readonly scopes: readonly Scope[];
  readonly span: SpanPlan | undefined;
}
