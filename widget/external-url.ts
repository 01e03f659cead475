const SCHEMES = new Set(['https:', 'http:', 'mailto:', 'tel:']);

/** @returns the address made absolute, or null when it is none, or one that could run code in the page */
export function externalUrl(address: string | null | undefined): string | null {
  const url = address?.trim() ? URL.parse(address.trim(), document.baseURI) : null;
  return url && SCHEMES.has(url.protocol) ? url.href : null;
}
