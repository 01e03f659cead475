import { replacePlaceholders } from './placeholders.ts';

/**
 * The same statement with a plan that holds for all values. SQLite looks at the values that are bound, for better
 * estimates, and for that plans a statement with a join or a limit anew at every call: it costs many times what
 * running it does. It looks at a `?` only, not at an expression, and `+?` is one, of the same value and type.
 *
 * What a value must be known for stands in the text as a literal: a partial index is found by `role <> 'client'`,
 * not by `role <> ?`.
 */
export function withStablePlan(sql: string): string {
  return replacePlaceholders(sql, () => '+?');
}
