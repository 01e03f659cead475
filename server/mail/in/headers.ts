/** Headers of a mail, names in lower case, as often as they stand there. */
export type Headers = ReadonlyArray<readonly [name: string, value: string]>;

/** Reads the lines above a mail's text, with folded ones put together (RFC 5322, 2.2.3). */
export function parseHeaderBlock(block: string): Array<[string, string]> {
  const headers: Array<[string, string]> = [];
  for (const line of block.split(/\r?\n/)) {
    const last = headers.at(-1);
    if (/^[ \t]/.test(line)) {
      if (last) last[1] += ` ${line.trim()}`;
      continue;
    }
    const colon = line.indexOf(':');
    if (colon > 0) headers.push([line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]);
  }
  return headers;
}

/** The provider's list: one value a name, where a repeated header is a list, or a list written as JSON. */
export function expandHeaders(given: Record<string, unknown>): Array<[string, string]> {
  return Object.entries(given).flatMap(([name, value]) =>
    toList(value).map((one): [string, string] => [name.toLowerCase(), one.replace(/\s*\r?\n\s*/g, ' ')]),
  );
}

/** @returns the first value; undefined: there is no such header */
export function header(headers: Headers, name: string): string | undefined {
  return headers.find(([one]) => one === name)?.[1];
}

function toList(value: unknown): string[] {
  if (Array.isArray(value)) return value.filter((one): one is string => typeof one === 'string');
  if (typeof value !== 'string') return [];
  if (!value.startsWith('["')) return [value];
  try {
    const list: unknown = JSON.parse(value);
    return Array.isArray(list) ? toList(list) : [value];
  } catch {
    return [value];
  }
}
