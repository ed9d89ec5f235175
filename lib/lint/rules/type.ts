import { REDACTED } from '../../conventions/redacted.js';
import { formOf, type Form } from '../attribute-forms.js';
import { OPENINFERENCE, type Rule } from '../rule.js';
import { isCut } from './is-cut.js';
import { isJson } from './is-json.js';
import { shown } from './shown.js';

/** The values of known attributes have their types. */
export const type: Rule = {
  name: 'type',
  source: OPENINFERENCE,
  check({ attributes }, report) {
    for (const [name, value] of Object.entries(attributes)) {
      const form = formOf(name);
      const fault =
        form && value !== undefined && value !== REDACTED ? faultOf(form, value, isCut(attributes, name)) : undefined;
      if (fault) report(`${fault}, got ${shown(value)}`, name);
    }
  },
};

function faultOf(form: Form, value: unknown, cut: boolean): string | undefined {
  const isNumber = typeof value === 'number' && Number.isFinite(value);
  switch (form) {
    case 'text':
      return typeof value === 'string' ? undefined : 'expected text';
    case 'mime':
      return /^(?:text|application|audio|image|video)\/[\w.+-]+$/.test(String(value))
        ? undefined
        : 'expected a mime type such as application/json';
    case 'count':
      return isNumber && Number.isInteger(value) && value >= 0 ? undefined : 'expected a whole number of 0 or more';
    case 'number':
      return isNumber ? undefined : 'expected a number';
    case 'amount':
      return isNumber && value >= 0 ? undefined : 'expected a number of 0 or more';
    case 'true':
      return typeof value === 'boolean' ? undefined : 'expected true or false';
    case 'texts':
      return Array.isArray(value) && value.every((one) => typeof one === 'string')
        ? undefined
        : 'expected a list of texts';
    case 'numbers':
      return Array.isArray(value) && value.every((one) => typeof one === 'number')
        ? undefined
        : 'expected a list of numbers';
    case 'json':
      return typeof value === 'string' && (cut || isJson(value)) ? undefined : 'expected JSON as text';
    case 'object':
      return typeof value === 'string' && (cut || isJson(value, 'object'))
        ? undefined
        : 'expected a JSON object as text';
  }
}
