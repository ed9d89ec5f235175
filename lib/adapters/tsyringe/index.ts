export { all, optional, type Dependency, type Given, type Wanted } from './dependency.js';
export { InjectWith, type InjectDecorator } from './inject-with.js';
export { registerTracing, withContainer, type TracingRegistrations } from './register-tracing.js';
