import { captureText } from '../../lib/capture/capture-value.js';
import { Redaction } from '../../lib/capture/redaction.js';

const x = (count: number): string => 'x'.repeat(count);
const capture = (text: string, dropped?: number) => captureText(text, 256, Redaction.standard, dropped);
const captured = (text: string, truncated: boolean) => ({ text, mimeType: 'text/plain', truncated });

it.each<[string, string, number | undefined, string, boolean]>([
  ['that fits', x(256), undefined, x(256), false],
  ['that does not', x(257), undefined, `${x(243)}…[+14 chars]`, true],
  ['that fits, of which some was cut before', x(10), 5, `${x(10)}…[+5 chars]`, true],
  ['that does not, of which some was cut before', x(1_000), 5, `${x(242)}…[+763 chars]`, true],
  ['that fits without its secret', `hf_${x(300)} ok`, undefined, '__REDACTED__ ok', false],
  ['whose secret goes on beyond what is seen', `hf_${x(1_000)}`, undefined, '__REDACTED__…[+235 chars]', true],
  ['whose secret stands across the cut', `${x(250)} hf_${x(60)}`, undefined, `${x(243)}…[+20 chars]`, true],
  ['in which a pair stands across the cut', `${x(242)}😀${x(20)}`, undefined, `${x(242)}…[+22 chars]`, true],
])('a text %s', (_, text, dropped, expected, truncated) => {
  expect(capture(text, dropped)).toEqual(captured(expected, truncated));
});
