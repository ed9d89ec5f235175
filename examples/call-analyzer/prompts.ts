import { readFileSync } from 'node:fs';
import { definePrompt } from 'spandrel';

// Each prompt once: the text that is sent and the template on the spans are the same object.

export const classifyPrompt = definePrompt({
  name: 'classify-call',
  version: '2.1',
  template: `What kind of call is this? Answer with one JSON object:
{"callType": "discovery" | "technical_review" | "renewal_negotiation" | "other", "confidence": number from 0 to 1, "topics": string[], "summary": string}

<transcript>
{transcript}
</transcript>`,
});

export const scorePrompt = definePrompt({
  name: 'score-lead',
  version: '1.0',
  template: `Score this call from 0 to 1 by how likely it leads to a signed contract within six months.
Answer with one JSON object: {"score": number, "signals": string[]}

<transcript>
{transcript}
</transcript>`,
});

export const technicalPrompt = definePrompt({
  name: 'evaluate-technical',
  version: '1.4',
  template: `Evaluate the technical answers in this {callType} call.

<transcript>
{transcript}
</transcript>`,
});

export const commercialPrompt = definePrompt({
  name: 'evaluate-commercial',
  version: '3.0',
  template: `Evaluate this {callType} call with account {accountId}. Look the account up and extract the figures before you judge.
Then write four short paragraphs that begin with "Value:", "Objections:", "Risk:" and "Next step:".

<transcript>
{transcript}
</transcript>`,
});

export const reportPrompt = definePrompt({
  name: 'write-report',
  version: '1.2',
  template: `Write the report on the call "{title}" for the sales lead: at most ten lines of plain text, no heading.

<classification>
{classification}
</classification>
<lead_score>
{leadScore}
</lead_score>
<technical_evaluation>
{technical}
</technical_evaluation>
<commercial_evaluation>
{commercial}
</commercial_evaluation>`,
});

export const CLASSIFIER_SYSTEM =
  'You classify sales calls of a vendor of event-streaming software. You answer with JSON and nothing else.';
export const SCORER_SYSTEM = 'lead-scorer v7: transcript in, JSON out.';
export const COMMERCIAL_SYSTEM =
  'You are a deal desk analyst. You judge what a sales call means for the deal: its value, what stands in its way, what happens next. ' +
  'You use figures only if a tool gave them to you, and you quote the customer where it matters.';
export const REPORT_SYSTEM =
  'You write short reports on sales calls. You take every fact from the evaluations that you are given.';

/** Long enough that Anthropic caches it: every call after the first reads it at a tenth of the price. */
export const TECHNICAL_SYSTEM = readFileSync(new URL('./data/technical-rubric.md', import.meta.url), 'utf8');
