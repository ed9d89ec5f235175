import { CLOSING, COMMA, gap, JsonText } from '../../lib/capture/json-text.js';

const NAME = gap('"name":');
const NEXT = gap(',"next":');

describe('JSON on its way', () => {
  it.each<[string, (json: JsonText) => void, string]>([
    ['of a text alone has both quotes', (json) => json.text('a'), '"a"'],
    ['of another value alone has none', (json) => json.json('1'), '1'],
    ['of a text after a text', (json) => (json.text('a'), json.before(COMMA), json.text('b')), '"a","b"'],
    ['of a value after a text', (json) => (json.text('a'), json.before(COMMA), json.json('1')), '"a",1'],
    ['of a text after a value', (json) => (json.json('1'), json.before(COMMA), json.text('a')), '1,"a"'],
    ['of a value after a value', (json) => (json.json('1'), json.before(COMMA), json.json('2')), '1,2'],
    ['of an empty text between texts', (json) => (json.text('a'), json.before(COMMA), json.text(''), json.before(COMMA), json.text('b')), '"a","","b"'],
    ['of an array that ends in a text', (json) => (json.open('['), json.text('a'), json.close(']')), '["a"]'],
    ['of an array that ends in a value', (json) => (json.open('['), json.json('1'), json.close(']')), '[1]'],
    ['of an object', (json) => (json.open('{'), json.before(NAME), json.text('a'), json.before(NEXT), json.open('{'), json.close('}'), json.close('}')), '{"name":"a","next":{}}'],
    ['of an object with entries left out', (json) => (json.open('{'), json.before(NAME), json.text('a'), json.leftOut('2 more', 1), json.close('}')), '{"name":"a","…":"2 more"}'],
    ['of an object with all entries left out', (json) => (json.open('{'), json.leftOut('2 more', 0), json.close('}')), '{"…":"2 more"}'],
  ])('%s', (_, write, expected) => {
    const json = new JsonText(1_000);
    write(json);
    expect(json.toString()).toBe(expected);
    expect(json.length).toBe(expected.length);
  }); // prettier-ignore

  it('is as long as what stands already, quotes and names to come among it', () => {
    const json = new JsonText(100);
    const steps: [() => void, string][] = [
      [() => json.open('{'), '{'],
      [() => json.before(NAME), '{"name":'],
      [() => json.text('abc'), '{"name":"abc"'],
      [() => json.before(NEXT), '{"name":"abc","next":'],
      [() => json.json('12'), '{"name":"abc","next":12'],
      [() => json.close('}'), '{"name":"abc","next":12}'],
    ];
    for (const [step, standing] of steps) {
      step();
      expect(json.length).toBe(standing.length);
    }
  });

  it('keeps room for what closes each open container', () => {
    const json = new JsonText(100);
    expect(json.room).toBe(100);
    json.open('{');
    expect(json.room).toBe(99 - CLOSING);
    json.before(NAME);
    json.open('[');
    expect(json.room).toBe(100 - '{"name":['.length - 2 * CLOSING);
    json.close(']');
    json.close('}');
    expect(json.room).toBe(100 - '{"name":[]}'.length);
  });

  it.each<[string, (json: JsonText) => void]>([
    ['before the name', () => undefined],
    ['after an open bracket', (json) => json.open('[')],
    ['after a text', (json) => (json.open('['), json.text('abc'))],
    ['after a text that follows another', (json) => (json.open('['), json.text('a'), json.before(COMMA), json.text('b'))],
    ['after a name within', (json) => (json.open('{'), json.before(NAME))],
    ['after a text in the place of the value', (json) => json.text('abc')],
  ])('takes back what was begun, %s: what stood before stays, the name of the value too', (_, write) => {
    const json = new JsonText(100);
    json.open('{');
    json.before(NAME);
    json.text('kept');
    json.before(NEXT);
    const { length, end } = json;
    write(json);
    json.takeBack(length, end);
    expect(json.room).toBe(100 - '{"name":"kept","next":'.length - CLOSING);
    json.text('instead');
    json.close('}');
    expect(json.toString()).toBe('{"name":"kept","next":"instead"}');
  }); // prettier-ignore
});
