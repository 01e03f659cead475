import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isLoaded, loadView, type ViewName } from './loader.ts';
import { hasText, loadText, type TextPart } from './text/load.ts';

const PREFETCH_MS = 1000;

/** The code and the words of the shown view: loaded when first wanted, the rest of a client's when the page rests. */
export class ViewCode implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #onWords: () => void;
  #failed = false;
  #prefetched = false;

  /** @param onWords called when the agents' words have come */
  constructor(host: ReactiveControllerHost, onWords: () => void) {
    this.#host = host;
    this.#onWords = onWords;
    host.addController(this);
  }

  hostUpdate(): void {}

  /** A chunk or catalog did not come; `retry` asks again. */
  get failed(): boolean {
    return this.#failed;
  }

  retry(): void {
    this.#failed = false;
    this.#host.requestUpdate();
  }

  /** @returns whether it can be shown now; if not, the host is updated when it can */
  want(view: ViewName, forAgent: boolean): boolean {
    const parts: TextPart[] = [];
    if (view === 'new' || view === 'ticket' || view === 'settings') parts.push('views');
    if (view === 'launcher') parts.push('link');
    if (forAgent) parts.push('agent');
    const unread = parts.filter((part) => !hasText(part));
    const here = isLoaded(view);
    if (!this.#failed) {
      if (!here) this.#await(loadView(view));
      for (const part of unread) this.#await(loadText(part).then(this.#onWords));
    }
    return here && unread.length === 0;
  }

  /** What a click away is: so that it opens at once, also when the network has gone meanwhile. */
  prefetch(views: ViewName[]): void {
    if (this.#prefetched) return;
    this.#prefetched = true;
    // By then the list is there.
    setTimeout(() => {
      for (const view of views) loadView(view).catch(() => undefined);
      import('./view-focus.ts').catch(() => undefined);
      loadText('views').then(this.#onWords, () => undefined);
    }, PREFETCH_MS);
  }

  #await(load: Promise<void>): void {
    load.then(
      () => this.#host.requestUpdate(),
      () => {
        this.#failed = true;
        this.#host.requestUpdate();
      },
    );
  }
}
