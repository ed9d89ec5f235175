import { spanned } from './spans.mjs';

const input = (span, text) => text !== undefined && span.setAttribute('input.value', text);
const output = (span, text) => text !== undefined && span.setAttribute('output.value', text);

const guarded = (value) => {
  try {
    return JSON.stringify(value);
  } catch {
    return '{}';
  }
};

/** Captures both ends with one function from a value to a text. */
const capturing = (text) => (fn) =>
  spanned(fn, {
    before: (span, args) => input(span, text(args.length === 1 ? args[0] : args)),
    after: (span, _args, value) => output(span, text(value)),
  });

/** Mistakes in what is recorded of arguments and results. */
export const capture = {
  'JSON.stringify': capturing((value) => JSON.stringify(value)),
  'JSON.stringify in a try': capturing(guarded),
  'captures nothing': (fn) => spanned(fn),
  'String()': capturing((value) => String(value)),
  'drops falsy values': capturing((value) => (value ? guarded(value) : undefined)),
  'cuts JSON': capturing((value) => guarded(value)?.slice(0, 1_000)),
  'captures afterwards': (fn) =>
    spanned(fn, { after: (span, args) => input(span, guarded(args.length === 1 ? args[0] : args)) }),
  'looks into everything': capturing((value) => {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one instanceof ReadableStream) one.getReader();
      else if (typeof one?.next === 'function') void one.next();
      else if (typeof one?.then === 'function') void one.then(undefined, () => undefined);
      else for (const key in Object(one)) void one[key];
    }
    return '"looked"';
  }),
  'withholds too much': capturing((value) =>
    guarded(value)?.replace(/"[^"]*(token|max)[^"]*":[^,}]*/gi, '"__REDACTED__":0'),
  ),
  'redacts after the cut': capturing((value) => {
    const text = guarded(value) ?? '';
    return text.slice(0, 16_384).replace(/sk-proj-[A-Za-z0-9]{40,}/g, '__REDACTED__');
  }),
  'ignores the mask': capturing(guarded),
};

/** Mistakes with what users and others supply. */
export const faults = {
  'trusts hooks': (fn, { hooks = {}, mask }) =>
    spanned(fn, {
      before: (span, args) => {
        if (hooks.input) span.setAttributes(hooks.input(...args));
        if (mask) input(span, mask(guarded(args)));
      },
      after: (span, _args, value) => {
        if (hooks.output) span.setAttributes(hooks.output(value));
      },
    }),
  'blames the call for its hooks': (fn, { hooks = {} }) =>
    spanned(fn, {
      after: (span, _args, value) => {
        try {
          if (hooks.output) span.setAttributes(hooks.output(value));
        } catch (error) {
          span.recordException(error);
          span.setStatus({ code: 2, message: String(error) });
        }
      },
    }),
  'records what its mask could not': (fn, { mask }) =>
    spanned(fn, {
      before: (span, args) => {
        let text = guarded(args);
        try {
          text = mask(text);
        } catch {
          // Broken on purpose: the text stays.
        }
        input(span, text);
      },
    }),
};
