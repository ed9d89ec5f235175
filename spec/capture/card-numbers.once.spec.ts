import { isCardKey, isCardNumber, redactCardNumbers } from '../../lib/capture/card-numbers.js';

describe('a card number has an issuer’s prefix and a right checksum', () => {
  it.each([
    ['Visa', '4111111111111111'],
    ['Visa, 13 digits', '4222222222222'],
    ['Visa, 19 digits', '4000000000000000006'],
    ['Mastercard 51', '5112345678901235'],
    ['Mastercard 55', '5555555555554444'],
    ['Mastercard 2221', '2221123456789014'],
    ['Mastercard 2229', '2229123456789016'],
    ['Mastercard 223', '2231234567890126'],
    ['Mastercard 229', '2291234567890123'],
    ['Mastercard 23', '2312345678901230'],
    ['Mastercard 26', '2612345678901237'],
    ['Mastercard 270', '2701234567890127'],
    ['Mastercard 271', '2711234567890125'],
    ['Mastercard 2720', '2720123456789010'],
    ['American Express 34', '341234567890127'],
    ['American Express 37', '378282246310005'],
    ['Discover 6011', '6011111111111117'],
    ['Discover 644', '6441234567890123'],
    ['Discover 649', '6491234567890122'],
    ['Discover 65', '6512345678901239'],
    ['JCB 3528', '3528123456789012'],
    ['JCB 3529', '3529123456789011'],
    ['JCB 353', '3531234567890121'],
    ['JCB 358', '3581234567890120'],
    ['Diners Club 300', '30012345678907'],
    ['Diners Club 305', '30512345678906'],
    ['Diners Club 36', '36123456789013'],
    ['Diners Club 38', '38123456789011'],
    ['Diners Club 39', '39123456789010'],
    ['UnionPay 62', '6212345678901232'],
    ['Maestro 50', '5012345678901236'],
    ['Maestro 56', '5612345678901230'],
    ['Maestro 58', '5812345678901238'],
    ['Maestro 63', '6312345678901231'],
    ['Maestro 67', '6759649826438453'],
  ])('%s', (_, digits) => {
    expect(isCardNumber(digits)).toBe(true);
  });

  it.each([
    ['one digit wrong', '4111111111111112'],
    ['two digits exchanged', '1411111111111111'],
    ['12 digits', '412345678905'],
    ['20 digits', '41234567890123456787'],
    ['groups', '4111-1111-1111-1111'],
    // the last two signs would make the sum right, if they were counted as digits
    ['a sign below the digits', '411111111111151-'],
    ['a sign above the digits', '411111111111121:'],
    ['prefix 0', '0123456789012347'],
    ['prefix 1', '1123456789012345'],
    ['prefix 20', '2012345678901233'],
    ['prefix 21', '2112345678901232'],
    ['prefix 2220', '2220123456789015'],
    ['prefix 2721', '2721123456789019'],
    ['prefix 28', '2812345678901235'],
    ['prefix 306', '30612345678904'],
    ['prefix 31', '31123456789018'],
    ['prefix 33', '331234567890129'],
    ['prefix 3527', '3527123456789013'],
    ['prefix 359', '3591234567890128'],
    ['prefix 59', '5912345678901237'],
    ['prefix 6012', '6012123456789018'],
    ['prefix 61', '6112345678901233'],
    ['prefix 640', '6401234567890121'],
    ['prefix 643', '6431234567890125'],
    ['prefix 66', '6612345678901238'],
    ['prefix 68', '6812345678901236'],
    ['prefix 69', '6912345678901235'],
    ['prefix 7', '7123456789012342'],
    ['an issuer’s prefix in the middle', '9411111111111111'],
  ])('%s: none', (_, digits) => {
    expect(isCardNumber(digits)).toBe(false);
  });
});

describe('in a text', () => {
  it.each([
    ['paid with 4111 1111 1111 1111 today', 'paid with __REDACTED__ today'],
    ['4111-1111-1111-1111', '__REDACTED__'],
    ['3782 822463 10005', '__REDACTED__'],
    ['3782-822463-10005.', '__REDACTED__.'],
    ['4222 2222 2222 2', '__REDACTED__'],
    ['4000 0000 0000 0000006', '__REDACTED__'],
    ['5555 5555 5555 4444, 4111 1111 1111 1111', '__REDACTED__, __REDACTED__'],
    ['(4111 1111 1111 1111)', '(__REDACTED__)'],
  ])('grouped as on a card: %s', (text, expected) => {
    expect(redactCardNumbers(text)).toBe(expected);
  });

  it.each([
    'paid with 4111 1111 1111 1112 today',
    '4111 1111-1111 1111',
    '3782 822463-10005',
    '41111 111 1111 1111',
    'x4111 1111 1111 1111',
    '.4111 1111 1111 1111',
    '-4111 1111 1111 1111',
    '4111 1111 1111 1111x',
    '4111 1111 1111 1111-',
    '4111 1111 1111 1111.5',
    'no number at all, but a credit card',
    'card 411111111111',
  ])('no card number: %s', (text) => {
    expect(redactCardNumbers(text)).toBe(text);
  });

  it.each([
    'card',
    'Visa',
    'MasterCard',
    'AMEX',
    'American Express',
    'maestro',
    'Discover',
    'Diners',
    'credit',
    'debit',
    'PAN',
    'cc',
    'Kreditkarte',
    'Karten-Nr.',
  ])('digits in a row beside the word %s', (word) => {
    expect(redactCardNumbers(`${word} 4111111111111111`)).toBe(`${word} __REDACTED__`);
    expect(redactCardNumbers(`4111111111111111 ${word}`)).toBe(`__REDACTED__ ${word}`);
  });

  it.each(['order', 'japan', 'pancake', 'acc', 'cca', ''])('digits in a row beside "%s" are shown', (word) => {
    expect(redactCardNumbers(`${word} 4111111111111111`)).toBe(`${word} 4111111111111111`);
  });

  it('a word is beside them up to 40 characters away', () => {
    const before = (spaces: number) => redactCardNumbers(`card${' '.repeat(spaces)}4111111111111111`);
    const after = (spaces: number) => redactCardNumbers(`4111111111111111${' '.repeat(spaces)}card`);
    expect(before(36)).toBe(`card${' '.repeat(36)}__REDACTED__`);
    expect(before(37)).toBe(`card${' '.repeat(37)}4111111111111111`);
    expect(after(36)).toBe(`__REDACTED__${' '.repeat(36)}card`);
    expect(after(37)).toBe(`4111111111111111${' '.repeat(37)}card`);
  });

  it('each number is looked at where it stands', () => {
    const far = ' '.repeat(100);
    expect(redactCardNumbers(`4111111111111111${far}card 4111111111111111${far}4111111111111111`)).toBe(
      `4111111111111111${far}card __REDACTED__${far}4111111111111111`,
    );
  });

  it('13 to 19 digits in a row are looked at', () => {
    expect(redactCardNumbers('card 4222222222222')).toBe('card __REDACTED__');
    expect(redactCardNumbers('card 4000000000000000006')).toBe('card __REDACTED__');
    expect(redactCardNumbers('card 41234567890123456787')).toBe('card 41234567890123456787');
  });
});

it('a key speaks of a card by the same words', () => {
  for (const key of ['cardNumber', 'credit_card', 'visa', 'cc', 'PAN']) expect(isCardKey(key)).toBe(true);
  for (const key of ['number', 'panel', 'account', '']) expect(isCardKey(key)).toBe(false);
});
