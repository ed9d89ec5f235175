// Set per jest project by jest.config.cjs.
declare const DECORATOR_MODE: 'standard' | 'legacy';
declare const OTEL_LINE: 2 | 3;
