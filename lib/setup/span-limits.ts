/**
 * Counts that a model call's span does not reach: the SDK's own limit of 128 attributes drops tokens and cost from a span
 * with a dozen messages, silently. Values are bounded where they are captured, so their length has no limit here.
 */
export const SPAN_LIMITS = {
  attributeCountLimit: 10_000,
  eventCountLimit: 1_000,
  linkCountLimit: 1_000,
} as const;
