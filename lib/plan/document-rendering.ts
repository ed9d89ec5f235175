import type { Attributes } from '@opentelemetry/api';
import { captureText, captureValue } from '../capture/capture-value.js';
import { isHidden } from '../capture/hidden.js';
import type { Redaction } from '../capture/redaction.js';
import {
  DOCUMENT_CONTENT,
  DOCUMENT_ID,
  DOCUMENT_METADATA,
  DOCUMENT_SCORE,
  RETRIEVAL_DOCUMENTS,
} from '../conventions/openinference.js';
import { REDACTED } from '../conventions/redacted.js';
import { readDocument, readDocuments } from '../messages/read-documents.js';
import { settings } from '../settings.js';
import type { Rendering } from './rendering.js';
import { ask } from './select.js';
import type { TraceSettings } from './trace-settings.js';

/** Shows what a retriever found: each document's id, content, score and metadata. */
export function documentRendering(trace: TraceSettings): Rendering {
  return {
    begin: () => ({}),
    end: (value, call, run, redaction) => {
      if (!(trace.captureResult ?? settings.captureResult) || settings.hidden.outputs) return;
      const given = trace.documents && call ? ask('documents', trace.documents, value, call) : readDocuments(value);
      const last: Attributes = (run.last ??= {});
      given?.slice(0, settings.limits.entries).forEach((document, i) => {
        for (const [name, text] of Object.entries(attributesOf(document, redaction))) {
          const key = `${RETRIEVAL_DOCUMENTS}.${i}.${name}`;
          last[key] = isHidden(key, settings.hidden) ? REDACTED : text;
        }
      });
    },
  };
}

function attributesOf(given: unknown, redaction: Redaction): Attributes {
  const { limits } = settings;
  const { id, content, score, metadata } = readDocument(given);
  return {
    ...(id !== undefined && { [DOCUMENT_ID]: captureText(id, limits.contextCharacters, redaction).text }),
    ...(content !== undefined && { [DOCUMENT_CONTENT]: captureValue(content, limits, redaction).text }),
    ...(score !== undefined && { [DOCUMENT_SCORE]: score }),
    ...(metadata !== undefined && {
      [DOCUMENT_METADATA]: captureValue(metadata, { ...limits, characters: limits.contextCharacters }, redaction).text,
    }),
  };
}
