/** What one check found. */
export interface Finding {
  /** What was looked at: `packages`, `phoenix`, `prices` … */
  readonly check: string;
  /** `problem`: spans, dollars or secrets are lost until it is mended; it makes the exit code 1. */
  readonly level: 'ok' | 'info' | 'warning' | 'problem';
  /** One sentence. */
  readonly says: string;
  /** How to mend it. */
  readonly cure?: string | undefined;
}

/** Makes the findings of one check. */
export const findings = (check: string) => ({
  ok: (says: string): Finding => ({ check, level: 'ok', says }),
  info: (says: string, cure?: string): Finding => ({ check, level: 'info', says, cure }),
  warning: (says: string, cure: string): Finding => ({ check, level: 'warning', says, cure }),
  problem: (says: string, cure: string): Finding => ({ check, level: 'problem', says, cure }),
});
