import { withContext } from '../../context/active.js';
import { NOT_THIS_SHAPE, type Shape } from '../run.js';
import { watchIterations } from './async-iterable.js';
import { settleData } from './data.js';
import { methodOf, overlay, unwatchable, type Method } from './methods.js';
import { Watch } from './watch.js';
import { remember } from './watched.js';

/**
 * The `APIPromise` of SDKs made by Stainless (openai, @anthropic-ai/sdk): the request is under way, its body is parsed when
 * somebody asks, through `then`, `catch`, `finally`, `withResponse()` or `_thenUnwrap()`. All of these end in the object's own
 * `responsePromise` and `parseResponse`, so those two are watched; calling `then` would parse the body behind the user's back.
 */
export const sdkPromise: Shape = (value, run) => {
  const response = 'responsePromise' in value ? value.responsePromise : undefined;
  const parse = methodOf(value, 'parseResponse');
  if (!parse || typeof response !== 'object' || response === null || !Object.hasOwn(value, 'responsePromise'))
    return NOT_THIS_SHAPE;
  const then = methodOf(response, 'then');
  if (!then || !methodOf(value, 'then')) return NOT_THIS_SHAPE;

  const watch = new Watch(run);
  const asResponse = methodOf(value, 'asResponse');
  const watched = overlay(value, {
    parseResponse: parsing(parse, watch),
    ...(asResponse && { asResponse: answering(asResponse, watch) }),
  });
  if (!watched) return unwatchable('SDK promise', value, run);
  // Last, since a promise is derived for it: an unheard failure stays one unhandled rejection.
  if (!overlay(value, { responsePromise: failing(then, response, watch) }))
    return unwatchable('SDK promise', value, watch);
  remember(value, watch);
  if (methodOf(value, Symbol.asyncIterator))
    watchIterations(value, watch); // a list request: awaited or iterated
  else watch.abandonWithout(value);
  return value;
};

const SETTLEMENT = Object.freeze({});

function failing(then: Method, response: object, watch: Watch): unknown {
  return Reflect.apply(then, response, [
    (props: unknown) => props,
    (error: unknown) => {
      watch.fail(error);
      throw error;
    },
  ]);
}

function parsing(parse: Method, watch: Watch): Method {
  let parsed = false; // `_thenUnwrap()` may have the body parsed again: the first time counts
  return async function (...args) {
    watch.started();
    try {
      const value = await withContext(watch.context, parse, this, args);
      if (!parsed && watch.claim(SETTLEMENT)) settleData(value, watch);
      parsed = true;
      return value;
    } catch (error) {
      if (!parsed) watch.fail(error);
      throw error;
    }
  };
}

/** The raw response is all the caller wants, unless the body was asked for by the time it is here, as `withResponse()` does. */
function answering(asResponse: Method, watch: Watch): Method {
  return async function (this: unknown, ...args) {
    watch.started();
    const response = await withContext(watch.context, asResponse, this, args);
    const parsed = typeof this === 'object' && this !== null && 'parsedPromise' in this && this.parsedPromise;
    if (!parsed) watch.succeed(response);
    return response;
  };
}
