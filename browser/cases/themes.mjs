import assert from 'node:assert/strict';

/** Of text on what lies behind it: WCAG 2's ratio, 4.5 is enough to read. */
const contrasts = (page) =>
  page.evaluate(() => {
    const channel = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
    const colour = (text) => text.match(/[\d.]+/g).map(Number);
    const behind = (element) => {
      for (let at = element; at; at = at.parentElement) {
        const [r, g, b, alpha = 1] = colour(getComputedStyle(at).backgroundColor);
        if (alpha === 1) return [r, g, b];
      }
      return [255, 255, 255];
    };
    const ratios = {};
    for (const selector of [
      'h1',
      '#about',
      '.figure dd',
      '.figure .note',
      '#tab-traces',
      '.groups th',
      '.groups .name',
      '.groups .strong',
      '.unpriced',
      '.legend',
      '.figure.bad dd',
    ]) {
      // prettier-ignore
      const element = document.querySelector(selector);
      const [a, b] = [colour(getComputedStyle(element).color), behind(element)].map(luminance);
      ratios[selector] = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }
    return ratios;
  });
const background = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
/** The background once it is another one: the page hears of a change a moment later. */
async function otherBackground(page, before) {
  await page.waitForFunction((was) => getComputedStyle(document.body).backgroundColor !== was, before);
  return background(page);
}

export const themes = [
  ...['light', 'dark'].map((colorScheme) => ({
    name: `themes: ${colorScheme}, as the system is, and readable`,
    report: 'known',
    options: { colorScheme },
    async run({ page, open }) {
      await open();
      const isDark = Number((await background(page)).match(/\d+/)[0]) < 128;
      assert.equal(isDark, colorScheme === 'dark');
      for (const [selector, ratio] of Object.entries(await contrasts(page)))
        assert.ok(ratio >= 4.5, `${selector} has a contrast of ${ratio.toFixed(2)}`);
    },
  })),
  {
    name: 'themes: the button chooses another one, and the system is followed while it is open',
    report: 'known',
    options: { colorScheme: 'light' },
    async run({ page, open }) {
      await open();
      const light = await background(page);
      await page.emulateMedia({ colorScheme: 'dark' });
      const dark = await otherBackground(page, light);
      await page.locator('#theme').click();
      assert.equal(await otherBackground(page, dark), light);
      await page.locator('#theme').click();
      assert.equal(await otherBackground(page, light), dark);
    },
  },
  {
    name: 'themes: a narrow window scrolls nowhere but down',
    report: 'known',
    options: { viewport: { width: 390, height: 800 } },
    async run({ page, open }) {
      await open();
      const tooWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.equal(tooWide, false);
    },
  },
];
