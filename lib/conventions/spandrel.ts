/** Our own names: what the recorder did to a value. */
export const TRUNCATED = 'spandrel.truncated'; // list of the attributes whose values were cut
export const CANCELLED = 'spandrel.cancelled'; // true when a stream was cancelled or left before its end
