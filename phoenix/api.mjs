const SPAN = `spanId parentId name spanKind statusCode statusMessage startTime latencyMs attributes metadata userId
  tokenCountTotal tokenCountPrompt tokenCountCompletion tokenPromptDetails { cacheRead cacheWrite }
  cumulativeTokenCountTotal input { value mimeType } output { value mimeType } events { name message }
  costSummary { total { cost } prompt { cost } completion { cost } } trace { traceId }`;
const SESSION = `sessionId userId numTraces numTracesWithError firstInput { value } lastOutput { value }
  tokenUsage { prompt completion total } costSummary { total { cost } }`;

/** Phoenix, as its own page asks it: through GraphQL. */
export class PhoenixApi {
  #url;
  constructor(url) {
    this.#url = url;
  }

  async query(query, variables = {}) {
    const response = await fetch(`${this.#url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = await response.json();
    if (errors) throw new Error(`Phoenix did not answer a query: ${errors.map(({ message }) => message).join('; ')}`);
    return data;
  }

  async projects() {
    const { projects } = await this.query(
      `{ projects { edges { node { id name recordCount traceCount tokenCountPrompt tokenCountCompletion
         costSummary { total { cost } } } } } }`,
    );
    return projects.edges.map(({ node }) => node);
  }

  /** All spans of a project; with `filter`, a condition as its search field takes it, those that it leaves. */
  async spans(project, filter) {
    const spans = [];
    let after = null;
    do {
      const { node } = await this.query(
        `query ($id: ID!, $after: String, $filter: String) { node(id: $id) { ... on Project {
           spans(first: 100, after: $after, filterCondition: $filter) {
             edges { node { ${SPAN} } } pageInfo { hasNextPage endCursor } } } } }`,
        { id: project, after, filter },
      );
      spans.push(...node.spans.edges.map(({ node: span }) => ({ ...span, attributes: JSON.parse(span.attributes) })));
      after = node.spans.pageInfo.hasNextPage ? node.spans.pageInfo.endCursor : null;
    } while (after);
    return spans;
  }

  async sessions(project) {
    const { node } = await this.query(
      `query ($id: ID!) { node(id: $id) { ... on Project { sessions(first: 100) { edges { node { id ${SESSION} } } } } } }`,
      { id: project },
    );
    return node.sessions.edges.map(({ node: session }) => session);
  }
}
