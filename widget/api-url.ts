let scriptAddress: string | null = null;

/** @param address of the script that defined the element; its origin is where the server answers */
export function setScriptAddress(address: string): void {
  scriptAddress = address;
}

/**
 * The address of the API without a slash at its end: the attribute, else `/api` at the origin that the script came
 * from, else `/api` of the page.
 */
export function resolveApiUrl(attribute: string | null | undefined): string {
  const base = scriptAddress ?? document.baseURI;
  const url = attribute?.trim() ? new URL(attribute.trim(), document.baseURI) : new URL('/api', base);
  return url.href.replace(/\/+$/, '');
}
