import type { ReactiveController, ReactiveControllerHost } from 'lit';

type Host = ReactiveControllerHost & HTMLElement;

/**
 * What has arrived below what the reader sees: nothing is scrolled for it, it is counted until it has been seen.
 * A message counts as seen once its top stands above what covers the end of the conversation.
 */
export class Below implements ReactiveController {
  readonly #host: Host;
  readonly #find: (key: string) => HTMLElement | null;
  readonly #cover: () => Element | null;
  #keys: readonly string[] = [];
  #watching: AbortController | null = null;

  /**
   * @param find the line of a message
   * @param cover what stands in front of the end: the composer
   */
  constructor(host: Host, find: (key: string) => HTMLElement | null, cover: () => Element | null) {
    this.#host = host;
    this.#find = find;
    this.#cover = cover;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.clear();
  }

  /** How many are yet to be seen. */
  get count(): number {
    return this.#keys.length;
  }

  /** The line of the first of them. */
  get first(): HTMLElement | null {
    const [key] = this.#keys;
    return key === undefined ? null : this.#find(key);
  }

  /** Another conversation is shown, or the reader has answered. */
  clear(): void {
    this.#keys = [];
    this.#watching?.abort();
    this.#watching = null;
  }

  /** @param keys of messages that have just arrived; called while the host renders them */
  async add(keys: readonly string[]): Promise<void> {
    await this.#host.updateComplete;
    const before = this.#keys;
    this.#keys = [...before, ...keys.filter((key) => !before.includes(key))];
    this.#look();
    if (this.#keys.length > 0) this.#watch();
    if (this.#keys !== before) this.#host.requestUpdate();
  }

  readonly #look = (): void => {
    const left = this.#keys.filter((key) => this.#isBelow(this.#find(key)));
    if (left.length === this.#keys.length) return;
    this.#keys = left;
    if (left.length === 0) this.clear();
    this.#host.requestUpdate();
  };

  #isBelow(line: HTMLElement | null): boolean {
    if (!line) return false;
    const { top } = line.getBoundingClientRect();
    const cover = this.#cover()?.getBoundingClientRect();
    const end = Math.min(innerHeight, cover && cover.height > 0 ? cover.top : Infinity);
    // A first line of text has to be there, too.
    return top > end - 32;
  }

  /** Whatever around the conversation scrolls: events of scrolling do not leave their shadow root. */
  #watch(): void {
    if (this.#watching) return;
    this.#watching = new AbortController();
    const options = { passive: true, signal: this.#watching.signal };
    for (const scroller of scrollersOf(this.#host)) scroller.addEventListener('scroll', this.#look, options);
    addEventListener('resize', this.#look, options);
  }
}

function scrollersOf(element: Element): EventTarget[] {
  const found: EventTarget[] = [document];
  for (let node: Node | null = element; node; node = parentOf(node)) {
    if (node instanceof Element && /auto|scroll/.test(getComputedStyle(node).overflowY)) found.push(node);
  }
  return found;
}

/** In the tree as it is rendered. */
function parentOf(node: Node): Node | null {
  if (node instanceof Element && node.assignedSlot) return node.assignedSlot;
  return node instanceof ShadowRoot ? node.host : node.parentNode;
}
