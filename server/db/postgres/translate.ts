import { replacePlaceholders } from '../placeholders.ts';

const KEPT = 1000;
const translated = new Map<string, string>();

/**
 * A statement written for SQLite as PostgreSQL wants it: `$1` for `?`, and without the hints that hold SQLite to an
 * index or an order of joins. PostgreSQL plans by its statistics, and has indexes of the same names.
 */
export function toPostgres(sql: string): string {
  const known = translated.get(sql);
  if (known !== undefined) return known;
  const text = replacePlaceholders(sql, (n) => `$${n}`)
    .replace(/ (?:INDEXED BY \w+|NOT INDEXED)\b/g, '')
    .replace(/\bCROSS JOIN\b(?=[^()]*? ON )/g, 'JOIN');
  if (translated.size >= KEPT) translated.clear();
  translated.set(sql, text);
  return text;
}
