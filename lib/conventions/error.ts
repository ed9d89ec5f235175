/** OpenTelemetry's names for failures (docs/general/recording-errors.md, docs/exceptions). */
export const ERROR_TYPE = 'error.type'; // low cardinality: the provider's error code, else the error's class
export const EXCEPTION_EVENT = 'exception'; // event name
export const EXCEPTION_TYPE = 'exception.type'; // class name
export const EXCEPTION_MESSAGE = 'exception.message'; // text
export const EXCEPTION_STACKTRACE = 'exception.stacktrace'; // text, causes included
