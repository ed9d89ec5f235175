export { registerTracing, withContainer, type TracingRegistrations } from './register-tracing.js';
