/** The control with this label, its accessible name. */
export function labelled<T extends HTMLElement = HTMLInputElement>(root: ParentNode, name: string): T {
  for (const label of root.querySelectorAll('label')) {
    const isNamed = label.textContent?.replace(/\s+/g, ' ').trim() === name;
    if (isNamed && label.control) return label.control as T;
  }
  throw new Error(`No control is labelled "${name}".`);
}

/** The button whose words are exactly these. */
export function button(root: ParentNode, name: string): HTMLButtonElement {
  const found = [...root.querySelectorAll('button')].find((one) => one.textContent?.trim() === name);
  if (!found) throw new Error(`There is no button "${name}".`);
  return found;
}

/** What stands beside a control as its description. */
export function descriptionOf(control: Element): string {
  const root = control.getRootNode() as ShadowRoot;
  const ids = control.getAttribute('aria-describedby')?.split(' ') ?? [];
  const words = ids.map((id) => root.getElementById(id)?.textContent ?? `(no #${id})`);
  return words.join(' ').replace(/\s+/g, ' ').trim();
}

/** Types into a box as a person does: all at once, but told by the same event. */
export function type(box: HTMLInputElement | HTMLTextAreaElement, value: string): void {
  box.value = value;
  box.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
}

export function choose(box: HTMLSelectElement, value: string): void {
  box.value = value;
  if (box.value !== value) throw new Error(`There is no option "${value}".`);
  box.dispatchEvent(new Event('change', { bubbles: true }));
}
