import fc from 'fast-check';
import { PromptTemplate, SessionScoped, TraceAgent, TraceFunction, Untraced } from '../../lib/index.js';
import { testTracing } from '../../lib/testing/index.js';
import { propertyRuns } from '../support/property-runs.js';

const RUNS = propertyRuns(1_000);
const tracing = testTracing();
afterAll(() => tracing.shutdown());

type Apply = (value: any, context: any, descriptor?: PropertyDescriptor) => any;

/** Wraps the method and notes that it did: a decorator of somebody else's. */
const foreign: Apply = (value, _, descriptor) => {
  const wrap = (method: any) =>
    function (this: unknown, ...args: unknown[]): unknown {
      foreignCalls++;
      return Reflect.apply(method, this, args);
    };
  return descriptor ? { ...descriptor, value: wrap(descriptor.value) } : wrap(value);
};
let foreignCalls = 0;

const onMethods: Record<string, () => Apply> = {
  trace: () => TraceFunction(),
  kind: () => TraceFunction({ spanKind: 'TOOL' }),
  name: () => TraceFunction({ spanName: 'named' }),
  prompt: () => PromptTemplate('T {x}', { x: 1 }),
  session: () => SessionScoped({ sessionId: 'method', tags: ['method'] }),
  untraced: () => Untraced() as Apply,
  foreign: () => foreign,
};
const onClasses: Record<string, () => Apply> = {
  trace: () => TraceFunction({ spanKind: 'CHAIN', spanName: 'of class' }),
  agent: () => TraceAgent({ agentName: 'agent', spanName: 'of class' }),
  session: () => SessionScoped({ sessionId: 'class', tags: ['class'] }),
};

/** Decorates as compiled code does: the method's decorators from the innermost outwards, then the class's. */
function decorated(protocol: string, method: string[], ofClass: string[]): any {
  class Service {
    run(x: number) {
      return [this, x];
    }
  }
  const metadata = protocol === 'standard' ? {} : undefined;
  const apply = (name: string) => {
    const decorator = onMethods[name]!();
    if (protocol === 'legacy') {
      const descriptor = Object.getOwnPropertyDescriptor(Service.prototype, 'run')!;
      Object.defineProperty(Service.prototype, 'run', decorator(Service.prototype, 'run', descriptor) ?? descriptor);
    } else {
      const context = { kind: 'method', name: 'run', static: false, private: false, metadata };
      Service.prototype.run = decorator(Service.prototype.run, context) ?? Service.prototype.run;
    }
  };
  method.forEach(apply);
  const context = { kind: 'class', name: 'Service', metadata };
  for (const name of ofClass) onClasses[name]!()(Service, protocol === 'legacy' ? undefined : context);
  if (metadata)
    Object.defineProperty(Service, (Symbol as unknown as { metadata: symbol }).metadata, { value: metadata });
  return Service;
}

it('any of our decorators, in any order and number, on a method and its class, with foreign ones between, are one plan', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('standard', 'legacy'),
      fc.array(fc.constantFrom(...Object.keys(onMethods)), { maxLength: 7 }),
      fc.uniqueArray(fc.constantFrom(...Object.keys(onClasses)), { maxLength: 3 }),
      (protocol, method, ofClass) => {
        fc.pre(!(ofClass.includes('trace') && ofClass.includes('agent')));
        foreignCalls = 0;
        const Service = decorated(protocol, method, ofClass);
        const service = new Service();
        expect(service.run(1)).toEqual([service, 1]);
        expect(foreignCalls).toBe(method.filter((name) => name === 'foreign').length);

        const untraced = method.includes('untraced');
        const byMethod = ['trace', 'kind', 'name'].some((name) => method.includes(name));
        const byClass = !untraced && (ofClass.includes('trace') || ofClass.includes('agent'));
        expect(tracing.spans).toHaveLength(byMethod || byClass ? 1 : 0);
        const [span] = tracing.spans;
        tracing.reset();
        if (!span) return;
        const classKind = byClass && (ofClass.includes('agent') ? 'AGENT' : 'CHAIN');
        const tags = [
          ...(ofClass.includes('session') && !untraced ? ['class'] : []),
          ...(method.includes('session') ? ['method'] : []),
        ];
        expect(span.name).toBe(method.includes('name') ? 'named' : byClass ? 'of class' : 'Service.run');
        expect(span.attributes).toMatchObject({
          'openinference.span.kind': method.includes('kind') ? 'TOOL' : classKind || 'CHAIN',
        });
        expect(span.attributes['tag.tags']).toEqual(tags.length > 0 ? tags : undefined);
        expect(span.attributes['session.id']).toBe(tags.at(-1));
        expect(span.attributes['llm.prompt_template.template']).toBe(method.includes('prompt') ? 'T {x}' : undefined);
      },
    ),
    RUNS,
  );
  process.stdout.write(`${RUNS.numRuns} stacks of decorators, seed ${RUNS.seed}\n`);
});
