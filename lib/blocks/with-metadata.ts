import { metadataScope, type MetadataOptions } from '../plan/session-scope.js';
import { blockSite, checkFunction, runBlock } from './run-block.js';

const SITE = blockSite('withMetadata');

/**
 * Puts session, user, tags and metadata on every span started inside `fn`, of other libraries too, and gives what `fn` gives. Makes no span.
 * Inside another scope: ids override, tags unite, metadata merges.
 *
 * ```ts
 * const report = await withMetadata({ userId: 'user123', sessionId: 'session456', tags: ['production'] }, () => analyze(transcript));
 * ```
 *
 * Throws a TypeError for an unknown option; a value that cannot be used is left out, with one warning.
 */
export function withMetadata<R>(metadata: MetadataOptions, fn: () => R): R {
  checkFunction('withMetadata', fn);
  return runBlock(SITE, [metadataScope('withMetadata', metadata)], undefined, fn);
}
