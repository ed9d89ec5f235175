type Fn = (...args: any[]) => any;

/** Makes `fn` the body of the method, in both protocols: so any function of a case can be decorated as a method is. */
const is =
  (fn: Fn): any =>
  (target: unknown, context: unknown, descriptor?: PropertyDescriptor) =>
    descriptor === undefined ? fn : { ...descriptor, value: fn };

/** A method of the name of `fn`, with its body, decorated with `decorator`. */
export function method(decorator: any, fn: Fn): Fn {
  const name = fn.name || 'anonymous'; // a method always has a name
  class Service {
    @decorator
    @is(fn)
    [name]() {}
  }
  return (Service.prototype as any)[name];
}
