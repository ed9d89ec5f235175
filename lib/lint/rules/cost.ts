import {
  COST_INPUT_USD,
  COST_OTHER_USD,
  COST_OUTPUT_USD,
  COST_TOTAL_USD,
  COST_UNPRICED_MODEL,
} from '../../conventions/cost.js';
import * as oi from '../../conventions/openinference.js';
import { SPANDREL, type Rule } from '../rule.js';
import { numbers } from './numbers.js';

const NEAR_USD = 1e-9;

/** Dollars add up. */
export const cost: Rule = {
  name: 'cost',
  source: SPANDREL,
  check({ attributes }, report) {
    const [prompt, completion, total] = numbers(
      attributes,
      oi.LLM_COST_PROMPT,
      oi.LLM_COST_COMPLETION,
      oi.LLM_COST_TOTAL,
    );
    const [input, output, other = 0, own] = numbers(
      attributes,
      COST_INPUT_USD,
      COST_OUTPUT_USD,
      COST_OTHER_USD,
      COST_TOTAL_USD,
    );
    if (
      prompt !== undefined &&
      completion !== undefined &&
      total !== undefined &&
      total < prompt + completion - NEAR_USD
    )
      report(`is ${total}, less than its parts, ${prompt + completion}`, oi.LLM_COST_TOTAL);
    if (
      input !== undefined &&
      output !== undefined &&
      own !== undefined &&
      Math.abs(input + output + other - own) > NEAR_USD
    )
      report(`is ${own}, but its parts make ${input + output + other}`, COST_TOTAL_USD);
    if (total !== undefined && own !== undefined && total - own > NEAR_USD)
      report(`is ${own}, but ${oi.LLM_COST_TOTAL} is ${total}`, COST_TOTAL_USD);
    if (own !== undefined && attributes[COST_UNPRICED_MODEL] !== undefined)
      report('stands beside a cost: one of the two is wrong', COST_UNPRICED_MODEL);
  },
};
