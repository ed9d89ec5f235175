/** Prefixes under which every name is OpenInference's or ours. */
export const STANDARD_PREFIX =
  /^(?:llm|openinference|input|output|tag|retrieval|embedding|reranker|graph\.node|cost|performance|spandrel)\./;
