/**
 * For `keydown` of a modal dialog: from the last stop Tab goes on at the first, and back. Browsers lead it through
 * their own window in between, or leave it on nothing.
 */
export function keepTabInside(event: KeyboardEvent): void {
  if (event.key !== 'Tab' || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
  const [from, ...around] = event.composedPath().filter((one) => one instanceof Element);
  // A dialog in front of this one keeps it itself.
  const dialog = from?.localName === 'dialog' ? from : around.find(({ localName }) => localName === 'dialog');
  if (!from || !dialog || dialog !== event.currentTarget) return;
  const [before, after] = tabStops(dialog, from);
  const ahead = event.shiftKey ? before : after;
  const start = event.shiftKey ? after.at(-1) : before[0];
  if (ahead.length > 0) return;
  event.preventDefault();
  start?.focus();
}

/** What Tab stops at before and after this element, in the order of the page: through shadow roots and slots. */
function tabStops(within: Element, from: Element): [before: HTMLElement[], after: HTMLElement[]] {
  const before: HTMLElement[] = [];
  const after: HTMLElement[] = [];
  let stops = before;
  const visit = (node: Element): void => {
    if (node instanceof HTMLElement && (node.inert || node.hidden)) return;
    if (node === from) stops = after;
    else if (isStop(node)) stops.push(node);
    for (const child of childrenOf(node)) visit(child);
  };
  visit(within);
  return [before, after];
}

function childrenOf(node: Element): Iterable<Element> {
  if (node.shadowRoot) return node.shadowRoot.children;
  const assigned = node instanceof HTMLSlotElement ? node.assignedElements() : [];
  return assigned.length > 0 ? assigned : node.children;
}

function isStop(node: Element): node is HTMLElement {
  if (!(node instanceof HTMLElement) || node.tabIndex < 0 || node.matches('dialog, :disabled')) return false;
  // Its content has the stops.
  return !node.shadowRoot?.delegatesFocus && node.checkVisibility({ visibilityProperty: true });
}
