/** @returns the ticket number as people read it, such as `SUP-1042` */
export function formatNumber(prefix: string, id: number): string {
  return `${prefix}-${id}`;
}

/** @returns the id behind a ticket number, in any case; null when it is none */
export function parseNumber(prefix: string, text: string): number | null {
  if (!text.toUpperCase().startsWith(`${prefix}-`)) return null;
  const digits = text.slice(prefix.length + 1);
  return /^[1-9][0-9]{0,14}$/.test(digits) ? Number(digits) : null;
}
