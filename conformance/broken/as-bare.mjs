const isThenable = (value) => typeof value?.then === 'function';

/** Mistakes in how a wrapper calls its function and hands back what it gives. */
export const calling = {
  'always async': (fn) =>
    async function (...args) {
      return fn.apply(this, args);
    },
  'loses this':
    (fn) =>
    (...args) =>
      fn(...args),
  'pads arguments': (fn) =>
    function (...args) {
      return fn.apply(this, [...args, ...Array(Math.max(0, fn.length - args.length)).fill(undefined)]);
    },
  'copies results': (fn) =>
    function (...args) {
      const result = fn.apply(this, args);
      return isThenable(result) ? result.then((value) => structuredClone(value)) : structuredClone(result);
    },
  'is a plain function': (fn) =>
    Object.assign(function (...args) {
      return fn.apply(this, args);
    }, fn),
  'calls twice': (fn) =>
    function (...args) {
      fn.apply(this, args);
      return fn.apply(this, args);
    },
};

/** Mistakes with what a function throws. */
export const throwing = {
  'wraps errors': (fn) =>
    function (...args) {
      const wrap = (error) => {
        throw new Error('call failed', { cause: error });
      };
      try {
        const result = fn.apply(this, args);
        return result instanceof Promise ? result.catch(wrap) : result;
      } catch (error) {
        return wrap(error);
      }
    },
  'reads the message': (fn) =>
    function (...args) {
      const note = (error) => {
        String(error.message);
        throw error;
      };
      try {
        const result = fn.apply(this, args);
        return result instanceof Promise ? result.catch(note) : result;
      } catch (error) {
        return note(error);
      }
    },
  'marks errors': (fn) =>
    function (...args) {
      try {
        return fn.apply(this, args);
      } catch (error) {
        error.traced = true;
        throw error;
      }
    },
};

/** Mistakes with promises and what resembles them. */
export const promising = {
  'swallows rejections': (fn) =>
    function (...args) {
      const result = fn.apply(this, args);
      if (isThenable(result)) result.then(undefined, () => undefined);
      return result;
    },
  'reports a rejection twice': (fn) =>
    function (...args) {
      const result = fn.apply(this, args);
      if (isThenable(result)) void result.then(() => undefined);
      return result;
    },
  'derives promises': (fn) =>
    function (...args) {
      const result = fn.apply(this, args);
      return isThenable(result) ? Promise.resolve(result).then((value) => value) : result;
    },
  'proxies results': (fn) =>
    function (...args) {
      const result = fn.apply(this, args);
      return typeof result === 'object' && result !== null ? new Proxy(result, {}) : result;
    },
  'patches then': (fn) =>
    function (...args) {
      const result = fn.apply(this, args);
      if (isThenable(result)) result.then = result.then.bind(result);
      return result;
    },
  'parses for itself': (fn) =>
    function (...args) {
      const result = fn.apply(this, args);
      void result.asResponse?.().then((response) => response.json?.());
      void result.then?.(undefined, () => undefined);
      return result;
    },
  'executes queries': (fn) =>
    function (...args) {
      const result = fn.apply(this, args);
      result.exec?.().catch?.(() => undefined);
      return result;
    },
};
