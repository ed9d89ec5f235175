// The strings stand in lib/conventions so that the package needs no dependency for them; here they are held to the published ones.
import * as published from '@arizeai/openinference-semantic-conventions';
import * as ours from '../../lib/conventions/openinference.js';

const publishedNames = new Set(
  [...Object.values(published), ...Object.values(published.SemanticConventions)].filter(
    (value) => typeof value === 'string',
  ),
);
const names = Object.entries<unknown>(ours).filter(
  ([name, value]) => typeof value === 'string' && !name.startsWith('MIME_'),
);

it('has names to compare', () => {
  expect(names.length).toBeGreaterThan(25);
});

it.each(names)('%s is a published name: %s', (_, name) => {
  expect(publishedNames).toContain(name);
});

it('knows the published span kinds and no others', () => {
  expect([...ours.SPAN_KINDS].sort()).toEqual(Object.values(published.OpenInferenceSpanKind).sort());
});

it('writes the published mime types', () => {
  expect([ours.MIME_TEXT, ours.MIME_JSON]).toEqual([published.MimeType.TEXT, published.MimeType.JSON]);
});
