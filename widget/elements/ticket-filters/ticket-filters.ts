import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { LIMITS } from '../../../server/contract/limits.ts';
import { CATEGORIES, isAgentRole, PRIORITIES, SORTS } from '../../../server/contract/vocabulary.ts';
import type { ListFilter } from '../../state.ts';
import type { TextKey } from '../../text/text.ts';
import { SupportElement, type Watchable } from '../element.ts';
import { icons } from '../icons.ts';
import { ALL, isNarrowed, totalOf } from './narrowed.ts';
import { SearchKey } from './search-key.ts';
import { styles } from './ticket-filters.styles.ts';

type Option = readonly [value: string, label: string];
type Choice = 'priority' | 'category' | 'assignee' | 'sort';

/** What a reader hears waits until the typing and the answers to it have settled; milliseconds. */
const ANNOUNCE_AFTER = 600;

/**
 * Search, filters and order of the list, and how many tickets that leaves.
 *
 * @csspart filters - the whole block
 * @csspart search - the search field
 */
export class TicketFilters extends SupportElement {
  static override styles = [...SupportElement.styles, styles];

  /** What stands in the search field: ahead of the store while it waits for the typing to pause. */
  @state() private typed = '';
  /** Below 560 px the filters are behind a button. */
  @state() private unfolded = false;

  @query('input') private input!: HTMLInputElement;

  #seen: ListFilter | null = null;
  #announceDue = false;
  #announceTimer: ReturnType<typeof setTimeout> | undefined;
  #agentsWanted = false;

  constructor() {
    super();
    new SearchKey(this);
  }

  protected override watch(): Watchable[] {
    const { filter, counts, list, session, agents } = this.store;
    return [filter, counts, list, session, agents];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#announceTimer);
  }

  focusSearch(): void {
    this.input.focus();
    this.input.select();
  }

  /** Its code may be here before its words; until then the list draws a field in its place. */
  protected override shouldUpdate(): boolean {
    return this.toggleAttribute('ready', this.text.has('list.search'));
  }

  protected override willUpdate(): void {
    const filter = this.store.filter.value;
    if (this.#seen && this.#seen !== filter) this.#announceDue = true;
    if (this.#seen?.q !== filter.q) this.typed = filter.q;
    this.#seen = filter;
  }

  protected override render(): TemplateResult {
    const filter = this.store.filter.value;
    const chosen = [filter.priority, filter.category, filter.assignee].filter(
      (value) => value !== null,
    ).length;
    return html`<div class="filters" part="filters" role="search">
        ${this.#search()}
        <button
          type="button"
          class="button fold"
          part="button"
          aria-expanded=${this.unfolded ? 'true' : 'false'}
          aria-controls="choices"
          @click=${() => (this.unfolded = !this.unfolded)}
        >
          ${icons.filter}${chosen ? this.t('list.filters.active', { count: chosen }) : this.t('list.filters')}
        </button>
        <div id="choices" class=${this.unfolded ? 'choices' : 'choices folded'}>
          ${this.#choice('priority', 'list.priority', this.#options(PRIORITIES, 'priority'))}
          ${this.#choice('category', 'list.category', this.#options(CATEGORIES, 'category'))}
          ${this.#isAgent ? this.#choice('assignee', 'list.assignee', this.#assignees()) : nothing}
        </div>
      </div>
      <div class="summary">
        <span class="results numbers">${this.#results()}</span>
        ${
          isNarrowed(filter) || this.typed
            ? html`<button type="button" class="button quiet clear" part="button" @click=${this.#clear}>
                ${icons.close}${this.t('list.clear')}
              </button>`
            : nothing
        }
        ${this.#choice(
          'sort',
          'list.sort',
          SORTS.map((sort) => [sort, this.t(`list.sort.${sort}`)] as const),
        )}
      </div>`;
  }

  #search(): TemplateResult {
    const label = this.t('list.search');
    return html`<div class="search" part="search">
      ${icons.search}
      <input
        class="input"
        part="input"
        type="search"
        aria-label=${label}
        aria-keyshortcuts="/"
        placeholder=${this.t('list.search.placeholder')}
        maxlength=${LIMITS.searchMaxLength}
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        enterkeyhint="search"
        .value=${this.typed}
        @input=${() => this.#type(this.input.value)}
        @keydown=${this.#keydown}
      />
      ${
        this.typed
          ? html`<button
              type="button"
              class="button quiet icon"
              part="button"
              aria-label=${this.t('list.search.clear')}
              @click=${this.#clearSearch}
            >
              ${icons.close}
            </button>`
          : nothing
      }
    </div>`;
  }

  #options(values: readonly string[], kind: 'priority' | 'category'): Option[] {
    return [['', this.t('list.any')], ...values.map((v) => [v, this.t(`${kind}.${v}` as TextKey)] as const)];
  }

  #assignees(): Option[] {
    const me = this.store.session.value?.actor.id;
    const others = (this.store.agents.value ?? []).filter((agent) => agent.id !== me);
    const options: Option[] = [
      ['', this.t('list.any')],
      ['me', this.t('list.assignee.me')],
      ['none', this.t('list.assignee.none')],
      ...others.map((agent) => [agent.id, agent.name || agent.email] as const),
    ];
    const { assignee } = this.store.filter.value;
    // Chosen by a link or the host before the names are here.
    if (assignee && !options.some(([value]) => value === assignee)) options.push([assignee, assignee]);
    return options;
  }

  #choice(choice: Choice, name: TextKey, options: readonly Option[]): TemplateResult {
    const value = this.store.filter.value[choice] ?? '';
    const set = choice !== 'sort' && value !== '';
    return html`<div class="choice for-${choice} ${set ? 'set' : ''}">
      <label for=${choice} @click=${this.#openPicker}>${this.t(name)}</label>
      <select id=${choice} class="select" part="select" @change=${this.#choose} @focus=${this.#wantAgents}>
        ${options.map(
          ([option, label]) => html`<option value=${option} .selected=${option === value}>${label}</option>`,
        )}
      </select>
      ${icons.chevron}
    </div>`;
  }

  /** How many tickets the filters leave: by the counts, which follow them too. */
  #results(): string {
    const total = totalOf(this.store.counts.value, this.store.filter.value.status);
    return total === null ? '' : this.t('list.results', { count: total });
  }

  protected override updated(_: PropertyValues): void {
    const { status } = this.store.list.value;
    if (status === 'ready' && this.#isAgent) this.#wantAgents();
    if (!this.#announceDue || (status !== 'ready' && status !== 'failed')) return;
    clearTimeout(this.#announceTimer);
    this.#announceTimer = setTimeout(() => this.#announce(), ANNOUNCE_AFTER);
  }

  #announce(): void {
    if (this.store.list.value.status !== 'ready') return;
    this.#announceDue = false;
    const none = this.store.list.value.tickets.length === 0;
    this.store.announce(none ? this.t('list.nothing') : this.#results());
  }

  get #isAgent(): boolean {
    const actor = this.store.session.value?.actor;
    return actor !== undefined && isAgentRole(actor.role);
  }

  /** Asks once by itself, and again whenever the field is used while the names are missing. */
  readonly #wantAgents = (event?: Event): void => {
    if (!this.#isAgent || this.store.agents.value || (this.#agentsWanted && !event)) return;
    this.#agentsWanted = true;
    this.store.loadAgents().catch(() => {
      if (event) this.store.toast({ kind: 'error', text: this.t('list.agents-failed') });
    });
  };

  #type(q: string): void {
    this.typed = q;
    this.store.setFilter({ q });
  }

  readonly #clearSearch = (): void => {
    this.#type('');
    this.input.focus();
  };

  readonly #clear = (): void => {
    this.typed = '';
    this.store.setFilter(ALL);
    // The button goes away with the filters.
    this.input.focus({ preventScroll: true });
  };

  readonly #choose = (event: Event): void => {
    const select = event.currentTarget as HTMLSelectElement;
    this.store.setFilter({ [select.id]: select.value || null });
  };

  readonly #openPicker = (event: Event): void => {
    const select = (event.currentTarget as HTMLLabelElement).control as HTMLSelectElement | null;
    try {
      select?.showPicker();
    } catch {
      // Not allowed in a frame of another origin; the label focuses the field all the same.
    }
  };

  /** Escape empties the field first. */
  readonly #keydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.typed || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    this.#type('');
  };
}

if (!customElements.get('support-center-ticket-filters')) {
  customElements.define('support-center-ticket-filters', TicketFilters);
}
