/** Durations of a call: the guide's names, and two for streams. */
export const DURATION_SECONDS = 'performance.duration_seconds'; // seconds; guide
export const LATENCY_MS = 'performance.latency_ms'; // milliseconds; guide
export const TIME_TO_FIRST_CHUNK_MS = 'performance.time_to_first_chunk_ms'; // milliseconds; streams only
export const CHUNKS = 'performance.chunks'; // count of chunks delivered; streams only
