import * as oi from '../../conventions/openinference.js';
import { OPENINFERENCE, type Rule } from '../rule.js';

/** A graph’s nodes name others. */
export const graph: Rule = {
  name: 'graph',
  source: OPENINFERENCE,
  check({ attributes }, report) {
    const { [oi.GRAPH_NODE_ID]: id, [oi.GRAPH_NODE_PARENT_ID]: parent } = attributes;
    if (id !== undefined && id === parent) report('a node is its own parent', oi.GRAPH_NODE_PARENT_ID);
    if (id === undefined && parent) report(`there is no ${oi.GRAPH_NODE_ID}`, oi.GRAPH_NODE_PARENT_ID);
  },
};
