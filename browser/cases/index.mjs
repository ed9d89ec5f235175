import { content } from './content.mjs';
import { filters } from './filters.mjs';
import { hostile } from './hostile.mjs';
import { keyboard } from './keyboard.mjs';
import { many } from './many.mjs';
import { themes } from './themes.mjs';

/**
 * { name, report, run({ page, open, file }) }: the report is made before, `open(hash)` shows it. What the page says in its
 * console fails the case, unless it `provokes` that.
 */
export const cases = [...content, ...filters, ...keyboard, ...themes, ...hostile, ...many];
