/** What one look at a support center came to. */
export interface Finding {
  /** What was looked at: `database`, `mail`, … */
  about: string;
  /** `problem`: something is lost or does not work. `warning`: something will, or may be meant so. */
  level: 'ok' | 'warning' | 'problem';
  text: string;
}

export const ok = (about: string, text: string): Finding => ({ about, level: 'ok', text });
export const warning = (about: string, text: string): Finding => ({ about, level: 'warning', text });
export const problem = (about: string, text: string): Finding => ({ about, level: 'problem', text });
