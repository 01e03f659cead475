/** The part of the window in which something inside can be seen, in its own coordinates. */
export interface Sight {
  top: number;
  bottom: number;
  /** What moves it. */
  scroller: Element;
}

/** What scrolls around an element, be it of the page or of ours, and what can be seen through it. */
export function sightOf(element: Element): Sight {
  const { documentElement, scrollingElement } = element.ownerDocument;
  let [top, bottom] = [0, documentElement.clientHeight];
  let scroller: Element | null = null;
  for (let outer = parentOf(element); outer && outer !== documentElement; outer = parentOf(outer)) {
    if (outer === scrollingElement) continue;
    const { overflowY } = getComputedStyle(outer);
    if (overflowY === 'visible' || overflowY === 'clip') continue;
    const box = outer.getBoundingClientRect();
    top = Math.max(top, box.top);
    bottom = Math.min(bottom, box.bottom);
    if (!scroller && overflowY !== 'hidden' && outer.scrollHeight > outer.clientHeight) scroller = outer;
  }
  return { top, bottom, scroller: scroller ?? scrollingElement ?? documentElement };
}

/**
 * Calls back whenever anything around an element scrolls. A scroll does not leave the tree that it happens in, so each
 * of the trees around is listened to.
 *
 * @returns the function that ends it
 */
export function onScrollAround(element: Element, listener: () => void): () => void {
  const ended = new AbortController();
  const options = { capture: true, passive: true, signal: ended.signal };
  for (let root = element.getRootNode(); ; root = root.host.getRootNode()) {
    root.addEventListener('scroll', listener, options);
    if (!(root instanceof ShadowRoot)) break;
  }
  element.ownerDocument.defaultView?.addEventListener('resize', listener, options);
  return () => ended.abort();
}

/** In the tree as it is shown: through slots and out of shadow roots. */
function parentOf(element: Element): Element | null {
  if (element.assignedSlot) return element.assignedSlot;
  if (element.parentElement) return element.parentElement;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}
