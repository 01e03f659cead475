/**
 * Watches what a page may change around and inside an element.
 *
 * @param onSlotted its children, or what they are slotted to
 * @param onLanguage any `lang` of the page
 * @returns what ends it
 */
export function watchSurroundings(host: Element, onSlotted: () => void, onLanguage: () => void): () => void {
  const children = new MutationObserver(onSlotted);
  const language = new MutationObserver(onLanguage);
  children.observe(host, { attributeFilter: ['slot'], childList: true, subtree: true });
  language.observe(host.ownerDocument, { attributeFilter: ['lang'], subtree: true });
  return () => {
    children.disconnect();
    language.disconnect();
  };
}

/** Whether the host put something inside for the time before the element is ready. */
export function hasFallback(host: Element): boolean {
  return [...host.childNodes].some((node) =>
    node instanceof Element ? !node.hasAttribute('slot') : node instanceof Text && node.data.trim() !== '',
  );
}
