/**
 * The same for `JSON.stringify`, whatever a page has put into prototypes: with a `toJSON` of its own for arrays, as some
 * old libraries bring it, a list would go out as a text.
 */
export function plainJson<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  const copy: object = Array.isArray(value)
    ? value.map((item) => plainJson<unknown>(item))
    : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainJson<unknown>(item)]));
  return Object.defineProperty(copy, 'toJSON', { value: undefined }) as T;
}
