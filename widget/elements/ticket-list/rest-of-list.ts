import { html, nothing, type TemplateResult } from 'lit';
import type { Ticket } from '../../../server/contract/tickets.ts';
import { isAgentRole } from '../../../server/contract/vocabulary.ts';
import type { ListState } from '../../state.ts';
import type { Text } from '../../text/text.ts';
import { ALL, isNarrowed, totalOf } from '../ticket-filters/narrowed.ts';
import { failedNotice, failedPanel, noTicketsYet, nothingFound } from './list-states.ts';
import type { ListWindow } from './list-window.ts';
import { rowFor } from './row-keys.ts';
import type { TicketList } from './ticket-list.ts';

/** A list of so many shows the rows in sight only. */
const WINDOWED_FROM = 200;

/** What a list of tickets can do besides showing them. */
export class RestOfList {
  readonly #list: TicketList;
  #text!: Text;
  /** Whether the last failure was one of "Load more": it is told where the eye is then. */
  #moreFailed = false;
  #settled: ListState['status'] = 'loading';
  /** null: not needed so far; false: its code could not be loaded. */
  #window: ListWindow | Promise<void> | false | null = null;

  constructor(list: TicketList) {
    this.#list = list;
    const root = list.renderRoot as HTMLElement;
    root.addEventListener('auxclick', this.#auxclick);
    root.addEventListener('keydown', this.#keydown);
  }

  /** Before each rendering. */
  look({ status }: ListState, text: Text): void {
    this.#text = text;
    if (status === 'ready' || status === 'failed') this.#settled = status;
    if (status !== 'failed' && status !== 'loading-more') this.#moreFailed = false;
  }

  /** @returns what stands there while there are no tickets; null while they are awaited */
  instead(list: ListState): TemplateResult | null {
    const { store } = this.#list;
    if (list.status === 'failed') return failedPanel(this.#text, list.error, this.#retry);
    if (list.status === 'loading' || (list.status === 'refreshing' && this.#settled === 'failed'))
      return null;
    if (isNarrowed(store.filter.value)) return nothingFound(this.#text, () => store.setFilter(ALL));
    const own = this.#hasOwnEmpty();
    const { session } = store;
    return html`<slot name="empty" ?hidden=${!own} @slotchange=${() => this.#list.requestUpdate()}></slot>
      ${own ? nothing : noTicketsYet(this.#text, isAgentRole(session.value?.actor.role ?? 'client'), this.#create)}`;
  }

  above(list: ListState): TemplateResult | typeof nothing {
    return this.#moreFailed ? nothing : this.#failure(list);
  }

  below(list: ListState): TemplateResult {
    return html`${this.#moreFailed ? this.#failure(list) : nothing}
    ${list.nextCursor ? this.#more(list) : nothing}`;
  }

  /** Of a long list the rows in sight; until the code for that is here, the first ones. */
  shown(tickets: Ticket[]): Ticket[] {
    const part = this.#window;
    if (part && 'show' in part) return part.show(tickets, WINDOWED_FROM);
    if (part === false || tickets.length < WINDOWED_FROM) return tickets;
    this.#window ??= import('./list-window.ts')
      .then(
        ({ ListWindow }) => void (this.#window = new ListWindow(this.#list)),
        () => void (this.#window = false),
      )
      .then(() => this.#list.requestUpdate());
    return tickets.slice(0, WINDOWED_FROM);
  }

  async reveal(number: string): Promise<void> {
    await (this.#window as ListWindow | null)?.reveal?.(number);
  }

  #failure({ status, error }: ListState): TemplateResult | typeof nothing {
    return status === 'failed' ? failedNotice(this.#text, error, this.#retry) : nothing;
  }

  #more(list: ListState): TemplateResult {
    const busy = list.status === 'loading-more';
    const total = totalOf(this.#list.store.counts.value, this.#list.store.filter.value.status);
    const count = list.tickets.length;
    return html`<div class="more">
      <button
        type="button"
        class="button"
        part="button"
        aria-disabled=${busy ? 'true' : 'false'}
        @click=${this.#loadMore}
      >
        ${busy ? html`<span class="spinner"></span>${this.#text.t('list.more.busy')}` : this.#text.t('list.more')}
      </button>
      ${
        total !== null && total > count
          ? html`<span class="muted small numbers">${this.#text.t('list.shown', { count, total })}</span>`
          : nothing
      }
    </div>`;
  }

  /** The host's content comes through the slots of the elements around: an empty one of those does not count. */
  #hasOwnEmpty(): boolean {
    const given = [...this.#list.children].filter((child) => child.slot === 'empty');
    return given.some(
      (child) => !(child instanceof HTMLSlotElement) || child.assignedNodes({ flatten: true }).some(says),
    );
  }

  readonly #create = (): void => this.#list.store.navigate({ view: 'new' });

  readonly #retry = (): void => {
    if (this.#moreFailed) void this.#loadMore();
    // What fails again is in the list's state.
    else this.#list.store.refresh().catch(() => undefined);
  };

  readonly #loadMore = async (): Promise<void> => {
    const before = this.#list.store.list.value;
    if (before.status === 'loading-more') return;
    this.#moreFailed = true;
    await this.#list.store.loadMore().catch(() => undefined);
    await this.#list.updateComplete;
    const first = this.#list.store.list.value.tickets[before.tickets.length];
    if (first && this.#list.store.list.value.status !== 'failed') await this.#list.focusTicket(first.number);
  };

  openAside(row: HTMLElement): void {
    const href = this.#list.store.ticketHref(row.dataset['number']!);
    if (href) window.open(href, '_blank', 'noopener');
  }

  /** The middle button opens a tab, beside the link too. */
  readonly #auxclick = (event: MouseEvent): void => {
    const target = event.target as Element;
    const row = target.closest<HTMLElement>('[data-number]');
    if (event.button === 1 && row && !target.closest('a')) this.openAside(row);
  };

  readonly #keydown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const from = (event.target as Element).closest('li');
    const row = from && rowFor(event.key, from, from.parentElement!);
    if (!row) return;
    event.preventDefault();
    row.querySelector<HTMLElement>('.subject')?.focus();
    row.scrollIntoView({ block: 'nearest' });
  };
}

function says(node: Node): boolean {
  return node instanceof Element || (node.textContent ?? '').trim() !== '';
}
