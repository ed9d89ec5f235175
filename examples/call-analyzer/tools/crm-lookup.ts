import { readFileSync } from 'node:fs';
import { TraceFunction } from 'spandrel';
import { textOf, type Tool } from './tool.js';

interface CrmAccount {
  readonly id: string;
  readonly name: string;
}

/** Looks an account up in the customer database, which is a small JSON file here. */
export class CrmLookup implements Tool {
  readonly name = 'lookup_crm_account';
  readonly description = 'The account in the customer database: stage, value, open support cases, competitors.';
  readonly parameters = {
    type: 'object' as const,
    properties: {
      account_id: { type: 'string', description: 'As in the head of the transcript, for example HF-2041.' },
    },
    required: ['account_id'],
  };

  readonly #accounts = JSON.parse(
    readFileSync(new URL('../data/crm-accounts.json', import.meta.url), 'utf8'),
  ) as readonly CrmAccount[];

  @TraceFunction({ spanKind: 'TOOL', spanName: 'lookup_crm_account' })
  run(input: unknown): CrmAccount | { found: false } {
    const id = textOf(input, 'account_id').toLowerCase();
    return (
      this.#accounts.find((account) => account.id.toLowerCase() === id || account.name.toLowerCase() === id) ?? {
        found: false,
      }
    );
  }
}
