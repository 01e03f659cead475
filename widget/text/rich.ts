import type { Text, TextKey } from './text.ts';

/**
 * A phrase whose places hold templates instead of strings: wherever a language puts them.
 *
 * @example rich(text, 'history.assignee', { actor: html`<b>${name}</b>`, to: … })
 */
export function rich(text: Text, key: TextKey, values: Record<string, unknown>): unknown[] {
  const names = Object.keys(values);
  const marked = text.t(key, Object.fromEntries(names.map((name, index) => [name, `\u0001${index}\u0001`])));
  return marked.split('\u0001').map((piece, at) => (at % 2 === 0 ? piece : values[names[Number(piece)]!]));
}
