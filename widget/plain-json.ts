/**
 * As `JSON.stringify`, whatever a page has put into prototypes: with a `toJSON` of its own for arrays, as some old
 * libraries bring it, a list would become a text.
 */
export function toJson(value: unknown): string {
  return JSON.stringify(plain(value));
}

/** The same in data of its own, in which nothing is inherited that counts. */
export function plain<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  const copy: object = Array.isArray(value)
    ? value.map((item) => plain<unknown>(item))
    : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain<unknown>(item)]));
  return Object.defineProperty(copy, 'toJSON', { value: undefined }) as T;
}
