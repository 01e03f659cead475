import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Ticket } from '../../../server/contract/tickets.ts';
import { RowOffsets } from './row-offsets.ts';
import { onScrollAround, sightOf } from './scroll-around.ts';

type Host = ReactiveControllerHost & HTMLElement & { readonly renderRoot: HTMLElement | DocumentFragment };

/** Rows are here this far beyond what can be seen, in px, and others are fetched when half of it is used up. */
const BEYOND = 400;
/** Before anything was measured. */
const ROW = 57;
const FIRST = 30;

/**
 * The rows of a long list that can be seen, some before and behind them, and the one with the focus. Margins keep the
 * place of the others. What is read stays where it is while rows come, go and turn out higher than they were taken for.
 */
export class ListWindow implements ReactiveController {
  readonly #host: Host;
  readonly #offsets = new RowOffsets(ROW);
  #tickets: readonly Ticket[] = [];
  #isOn = false;
  /** The rows that are there, by their place among all. */
  #shown: number[] = [];
  #range: [first: number, end: number] = [0, FIRST];
  /** A row that is about to get the focus. */
  #wanted: string | null = null;
  /** The first row in sight, and where: it stays there. */
  #anchor: { number: string; top: number } | null = null;
  /** The row that was last pressed, and where it was. */
  #left: { number: string; top: number } | null = null;
  #width = 0;
  #unlisten: (() => void) | null = null;
  readonly #resized = new ResizeObserver(([entry]) => this.#onWidth(entry!.contentRect.width));

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
    if (host.isConnected) this.hostConnected();
  }

  hostConnected(): void {
    this.#unlisten ??= onScrollAround(this.#host, () => this.#follow());
    const root = this.#host.renderRoot;
    for (const type of ['pointerdown', 'keydown']) root.addEventListener(type, this.#remember, true);
    root.addEventListener('keydown', this.#keydown, true);
  }

  hostDisconnected(): void {
    this.#unlisten?.();
    this.#unlisten = null;
    this.#resized.disconnect();
    this.#width = 0;
  }

  /**
   * @param from a list of fewer is shown whole
   * @returns the tickets that are to be rendered
   */
  show(tickets: Ticket[], from: number): Ticket[] {
    if (tickets !== this.#tickets) this.#offsets.setKeys(tickets.map(({ number }) => number));
    this.#tickets = tickets;
    this.#isOn = tickets.length >= from;
    if (!this.#isOn) return tickets;
    const list = this.#list;
    if (list?.checkVisibility()) this.#look(list);
    const [first, end] = this.#range;
    const shown = new Set<number>();
    for (let n = first; n < Math.min(end, tickets.length); n++) shown.add(n);
    for (const number of [this.#focused, this.#wanted]) {
      const at = number === null ? -1 : tickets.findIndex((ticket) => ticket.number === number);
      // Its neighbours too: the Tab key goes there.
      if (at >= 0) for (const n of [at - 1, at, at + 1]) if (tickets[n]) shown.add(n);
    }
    this.#shown = [...shown].sort((a, b) => a - b);
    return this.#shown.map((n) => tickets[n]!);
  }

  /** Sees to it that a ticket has a row, where it was when it was left. */
  async reveal(number: string): Promise<void> {
    if (!this.#isOn) return;
    this.#wanted = number;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    const [row, left] = [this.#row(number), this.#left];
    this.#left = null;
    if (!row || left?.number !== number) return;
    scrollBy(sightOf(row).scroller, row.getBoundingClientRect().top - left.top);
  }

  hostUpdated(): void {
    const list = this.#list;
    if (!list) return;
    const rows = [...list.children] as HTMLElement[];
    if (!this.#isOn) return this.#tidy(list, rows);
    this.#resized.observe(list);
    list.style.display = 'flow-root';
    list.style.setProperty('overflow-anchor', 'none');
    this.#place(rows);
    if (!list.checkVisibility()) return;
    const heights = rows.map((row) => [row.dataset['number']!, row.getBoundingClientRect().height] as const);
    if (this.#offsets.measure(heights)) this.#place(rows);
    this.#hold();
    // Rows that turned out lower than they were taken for leave room for more.
    this.#follow();
  }

  /** What can be seen, and what stays where it is. */
  #look(list: HTMLElement): void {
    const sight = sightOf(list);
    const { top } = list.getBoundingClientRect();
    const at = (y: number): number => this.#offsets.indexAt(y - top);
    this.#range = [at(sight.top - BEYOND), at(sight.bottom + BEYOND) + 1];
    this.#anchor = null;
    // Nothing is above it that could push it.
    if (top >= sight.top) return;
    for (const row of list.children) {
      const box = row.getBoundingClientRect();
      if (box.bottom <= sight.top) continue;
      if (box.top < sight.bottom)
        this.#anchor = { number: (row as HTMLElement).dataset['number']!, top: box.top };
      return;
    }
  }

  #hold(): void {
    const anchor = this.#anchor;
    this.#anchor = null;
    const row = anchor && this.#row(anchor.number);
    if (!row) return;
    const moved = row.getBoundingClientRect().top - anchor.top;
    if (Math.abs(moved) >= 1) scrollBy(sightOf(row).scroller, moved);
  }

  /** Gives each row the room of those that are missing before it. */
  #place(rows: readonly HTMLElement[]): void {
    const offsets = this.#offsets;
    let below = 0;
    for (const [n, row] of rows.entries()) {
      const index = this.#shown[n]!;
      const gap = offsets.top(index) - below;
      below = offsets.top(index + 1);
      const isLast = n === rows.length - 1;
      row.style.marginBlockStart = gap > 0 ? `${gap}px` : '';
      row.style.marginBlockEnd = isLast ? `${offsets.total - below}px` : '';
      // As if the row before it were there.
      row.style.borderBlockStart = n === 0 && index > 0 ? '1px solid var(--_line)' : '';
      // What is not laid out cannot be measured.
      row.style.contentVisibility = 'visible';
      row.ariaPosInSet = String(index + 1);
      row.ariaSetSize = String(offsets.count);
    }
  }

  /** Short again: as if nothing had been. */
  #tidy(list: HTMLElement, rows: readonly HTMLElement[]): void {
    if (list.style.display === '') return;
    this.#resized.disconnect();
    this.#width = 0;
    this.#range = [0, FIRST];
    list.style.cssText = '';
    for (const row of rows) {
      row.style.cssText = '';
      row.ariaPosInSet = row.ariaSetSize = null;
    }
  }

  readonly #follow = (): void => {
    const list = this.#list;
    if (!this.#isOn || !list?.checkVisibility()) return;
    const sight = sightOf(list);
    const { top } = list.getBoundingClientRect();
    const [first, end] = this.#range;
    const above = this.#offsets.top(first) + top;
    const below = this.#offsets.top(end) + top;
    const wantsAbove = first > 0 && above > sight.top - BEYOND / 2;
    const wantsBelow = end < this.#tickets.length && below < sight.bottom + BEYOND / 2;
    if (wantsAbove || wantsBelow) this.#host.requestUpdate();
  };

  #onWidth(width: number): void {
    if (width === 0 || width === this.#width) return;
    if (this.#width > 0) this.#offsets.forget();
    this.#width = width;
    // Rendered while the browser hands out sizes, it would tell the host's page of an error.
    requestAnimationFrame(() => this.#host.requestUpdate());
  }

  readonly #remember = (event: Event): void => {
    const row = (event.target as Element).closest<HTMLElement>('[data-number]');
    if (row) this.#left = { number: row.dataset['number']!, top: row.getBoundingClientRect().top };
  };

  readonly #keydown = (event: Event): void => {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event as KeyboardEvent;
    const row = (event.target as Element).closest<HTMLElement>('[data-number]');
    if (!this.#isOn || !row || ctrlKey || metaKey || altKey || shiftKey) return;
    const from = this.#tickets.findIndex(({ number }) => number === row.dataset['number']);
    const last = this.#tickets.length - 1;
    const to = { ArrowDown: from + 1, ArrowUp: from - 1, Home: 0, End: last }[key];
    if (to === undefined || from < 0) return;
    event.preventDefault();
    event.stopPropagation();
    void this.#focus(this.#tickets[Math.max(0, Math.min(to, last))]!.number);
  };

  async #focus(number: string): Promise<void> {
    this.#left = null;
    await this.reveal(number);
    const row = this.#row(number);
    row?.querySelector<HTMLElement>('.subject')?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  }

  get #list(): HTMLElement | null {
    return this.#host.renderRoot.querySelector('ul');
  }

  get #focused(): string | null {
    const active = (this.#host.renderRoot as ShadowRoot).activeElement;
    return active?.closest<HTMLElement>('[data-number]')?.dataset['number'] ?? null;
  }

  #row(number: string): HTMLElement | null {
    return this.#host.renderRoot.querySelector(`[data-number="${CSS.escape(number)}"]`);
  }
}

/** At once, also where the page scrolls smoothly. */
function scrollBy(scroller: Element, top: number): void {
  scroller.scrollBy({ top, behavior: 'instant' });
}
