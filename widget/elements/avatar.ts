import { html, type TemplateResult } from 'lit';
import type { Role } from '../../server/contract/vocabulary.ts';

/** A circle with initials; decorative, since the name stands beside it. */
export function avatar(name: string, role: Role): TemplateResult {
  return html`<span class="avatar ${role === 'client' ? 'client' : 'agent'}" aria-hidden="true"
    >${initialsOf(name)}</span
  >`;
}

/** The first letters of the first and the last word. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s@._-]+/u).filter(Boolean);
  const chosen = words.length > 1 ? [words[0]!, words.at(-1)!] : words;
  return chosen.map((word) => [...word][0]!.toLocaleUpperCase()).join('') || '?';
}
