import type { ReactiveControllerHost } from 'lit';
import { isLoaded, loadView, type ViewName } from './loader.ts';
import { Words } from './text/words.ts';

const PREFETCH_MS = 1000;

/** The code and the words of the shown view: loaded when first wanted, the rest of a client's when the page rests. */
export class ViewCode {
  readonly words: Words;
  readonly #host: ReactiveControllerHost;
  #failed = false;
  #prefetched = false;

  /** @param onWords called when words have come */
  constructor(host: ReactiveControllerHost, onWords: () => void) {
    this.#host = host;
    this.words = new Words(onWords);
  }

  /** A chunk or catalog did not come; `retry` asks again. */
  get failed(): boolean {
    return this.#failed || this.words.failed;
  }

  retry(): void {
    this.#failed = false;
    this.words.retry();
    this.#host.requestUpdate();
  }

  /** @returns whether it can be shown now; if not, the host is updated when it can */
  want(view: ViewName, forAgent: boolean): boolean {
    const { words } = this;
    let read = words.want();
    if (view !== 'list' && view !== 'toasts' && view !== 'launcher') read = words.want('views');
    if (view === 'launcher') read = words.want('link');
    if (forAgent) read = words.want('agent');
    const lacking = [view, ...(forAgent ? (['agent-columns'] as const) : [])].filter((one) => !isLoaded(one));
    if (!this.#failed) for (const one of lacking) this.#await(loadView(one));
    return lacking.length === 0 && read;
  }

  /** What a click away is: so that it opens at once, also when the network has gone meanwhile. */
  prefetch(views: ViewName[]): void {
    if (this.#prefetched) return;
    this.#prefetched = true;
    // By then the list is there.
    setTimeout(() => {
      for (const view of views) loadView(view).catch(() => undefined);
      this.words.prefetch('views');
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
