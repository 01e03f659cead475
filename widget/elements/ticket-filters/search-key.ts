import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isTyping } from './is-typing.ts';

type Host = ReactiveControllerHost & HTMLElement & { focusSearch(): void };

/** `/` leads into the search, from everywhere inside `<support-center>`: its header is above the list. */
export class SearchKey implements ReactiveController {
  readonly #host: Host;
  #from: EventTarget | null = null;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    const list = this.#host.getRootNode() as ShadowRoot;
    this.#from = list.host.getRootNode();
    this.#from.addEventListener('keydown', this.#keydown);
  }

  hostDisconnected(): void {
    this.#from?.removeEventListener('keydown', this.#keydown);
    this.#from = null;
  }

  readonly #keydown = (event: Event): void => {
    const { key, ctrlKey, metaKey, altKey } = event as KeyboardEvent;
    if (key !== '/' || ctrlKey || metaKey || altKey || event.defaultPrevented || isTyping(event)) return;
    // Behind another view the list stays in the page, hidden.
    if (!this.#host.checkVisibility()) return;
    event.preventDefault();
    // Hosts have a search of their own under this key.
    event.stopPropagation();
    this.#host.focusSearch();
  };
}
