import type { ReactiveController, ReactiveControllerHost } from 'lit';

type Host = ReactiveControllerHost & HTMLElement;
const TYPES = ['keydown', 'keyup', 'keypress'] as const;

/**
 * Keys pressed inside the element: Escape goes back, and what is typed into a field stays inside, so that no hotkey
 * of the host fires on it.
 */
export class ViewKeys implements ReactiveController {
  readonly #host: Host;
  readonly #goBack: () => boolean;
  readonly #shield = (event: KeyboardEvent): void => this.#keep(event);

  /** @param goBack returns whether there was somewhere to go back to */
  constructor(host: Host, goBack: () => boolean) {
    this.#host = host;
    this.#goBack = goBack;
    host.addController(this);
    // On the host itself and first of all: after every element inside, before anything of the page around.
    for (const type of TYPES) host.addEventListener(type, (event) => this.#onKey(event));
  }

  hostConnected(): void {
    // A host that listens on the way in hears of keys before any field does, and sees only our element as their target.
    for (const type of TYPES) window.addEventListener(type, this.#shield, true);
  }

  hostDisconnected(): void {
    for (const type of TYPES) window.removeEventListener(type, this.#shield, true);
  }

  /** A letter for a field of ours is nobody else's: it is typed, and nothing inside listens for it either. */
  #keep(event: KeyboardEvent): void {
    const path = event.composedPath();
    const target = path[0];
    // Filled in by the browser, it has no key.
    const isLetter = (event.key as string | undefined)?.length === 1 && !event.ctrlKey && !event.metaKey;
    if (!isLetter || !path.includes(this.#host)) return;
    const isOurs = target instanceof HTMLElement && isField(target) && !this.#host.contains(target);
    if (isOurs) event.stopImmediatePropagation();
  }

  #onKey(event: KeyboardEvent): void {
    const target = event.composedPath()[0];
    // What the page put into our slots is its own.
    if (target instanceof Node && this.#host.contains(target) && target !== this.#host) return;
    const field = target instanceof HTMLElement && isField(target);
    if (event.key === 'Escape' && event.type === 'keydown' && !event.defaultPrevented && !event.isComposing) {
      if (this.#escape(target)) event.preventDefault();
    }
    if (field || event.defaultPrevented) event.stopPropagation();
  }

  #escape(target: EventTarget | undefined): boolean {
    // A select closes its own list; what is typed is left by the first Escape, the view by the second.
    if (target instanceof HTMLSelectElement) return false;
    const typed = target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
    if (typed && target.value !== '' && target.type !== 'checkbox' && target.type !== 'file') {
      const heading = this.#host.shadowRoot?.querySelector<HTMLElement>('.view:not([hidden])');
      heading?.focus({ preventScroll: true });
      return true;
    }
    return this.#goBack();
  }
}

function isField(element: HTMLElement): boolean {
  return element.isContentEditable || /^(input|textarea|select)$/i.test(element.localName);
}
