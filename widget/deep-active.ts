/** The focused element, through the shadow roots around it. */
export function deepActive(document: Document): HTMLElement | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active instanceof HTMLElement ? active : null;
}

/** No focus at all counts as inside: it was on something that has just gone. */
export function hasFocus(host: HTMLElement): boolean {
  const { activeElement, body } = host.ownerDocument;
  return activeElement === null || activeElement === body || host.shadowRoot?.activeElement != null;
}
