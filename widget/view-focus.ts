import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { deepActive } from './deep-active.ts';
import type { Route } from './state.ts';
import type { Launcher } from './elements/launcher/launcher.ts';
import type {} from './elements/list-view/list-view.ts';

type Host = ReactiveControllerHost & HTMLElement;

/**
 * Where the focus goes when the view changes: to the heading of the new view as soon as there is one, and back to
 * where it came from on the way back to the list. A focus that is elsewhere in the page is never taken.
 */
export class ViewFocus implements ReactiveController {
  readonly #host: Host;
  /** Held loosely, as the next: it may show what belongs to somebody who has left. */
  #origin: WeakRef<HTMLElement> | null = null;
  /** What had the focus when the view changed. */
  #from: WeakRef<HTMLElement> | null = null;
  #ticket: string | null = null;
  #wanted: Route | null = null;
  #observer: MutationObserver | null = null;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#settle();
    this.#origin = null;
  }

  /**
   * From one view to another.
   *
   * @param active what had the focus before
   */
  leave(before: Route, after: Route, active: HTMLElement | null): void {
    this.#settle();
    this.#from = active && new WeakRef(active);
    if (before.view === 'list') this.#origin = this.#from;
    this.#ticket = before.view === 'ticket' ? before.number : null;
    this.#wanted = after;
    void this.#host.updateComplete.then(() => this.hostUpdated());
  }

  /** Into a view that the person asked for from outside of the views, once the panel around it is open. */
  async enter(route: Route): Promise<void> {
    this.#settle();
    const active = deepActive(this.#host.ownerDocument);
    this.#from = active && new WeakRef(active);
    await this.#launcher();
    this.#wanted = route;
    this.hostUpdated();
  }

  /** Out of the panel: the dialog gave the focus back to where it was, if that is still there. */
  async exit(): Promise<void> {
    this.#settle();
    const launcher = await this.#launcher();
    const active = deepActive(this.#host.ownerDocument);
    if (active === null || active.localName === 'body') launcher?.focus();
  }

  /** Once it is rendered. */
  async #launcher(): Promise<Launcher | null> {
    await this.#host.updateComplete;
    const launcher = this.#host.shadowRoot?.querySelector('support-center-launcher') ?? null;
    await launcher?.updateComplete;
    return launcher;
  }

  hostUpdated(): void {
    if (!this.#wanted || this.#observer) return;
    const view = this.#host.shadowRoot?.querySelector<HTMLElement>('.view:not([hidden])');
    // Nothing in it takes the focus before the list is there: what has it keeps it, and this is called again.
    if (!view || view.inert) return;
    // In a panel that is about to open.
    if (!view.checkVisibility()) return void this.#launcher().then(() => this.#look(view));
    this.#look(view);
  }

  #look(view: HTMLElement): void {
    if (!this.#wanted || this.#observer || view.inert || !view.checkVisibility() || this.#aim(view)) return;
    // Still loading: keep the focus inside until there is a heading.
    view.focus({ preventScroll: true });
    const content = view.querySelector('.content')?.shadowRoot;
    if (!content) return;
    this.#observer = new MutationObserver(() => this.#aim(view));
    this.#observer.observe(content, { childList: true, subtree: true });
  }

  /** @returns whether nothing is left to do */
  #aim(view: HTMLElement): boolean {
    const active = deepActive(view.ownerDocument);
    // The person was faster: what they chose meanwhile keeps the focus.
    const moved = active !== null && active !== view && active !== view.ownerDocument.body;
    // The panel focuses its own button when it opens.
    const panel = this.#host.shadowRoot?.querySelector('support-center-launcher')?.shadowRoot;
    if (moved && active !== this.#from?.deref() && active.getRootNode() !== panel) return this.#settle();
    if (this.#wanted?.view === 'list') return this.#return(view);
    return this.#focusHeading(view) && this.#settle();
  }

  /** To the row of the ticket, else to what was pressed on the way out, else to the top. */
  #return(view: HTMLElement): true {
    const [ticket, origin] = [this.#ticket, this.#origin?.deref()];
    const list = view.querySelector('support-center-list-view');
    const otherwise = (): void => {
      if (origin?.isConnected && origin.checkVisibility()) origin.focus();
      else this.#focusHeading(view);
    };
    if (ticket === null || !list?.focusTicket) otherwise();
    else void list.focusTicket(ticket).then((found) => found || otherwise());
    return this.#settle();
  }

  #focusHeading(view: HTMLElement): boolean {
    const heading = findHeading(view);
    if (!heading) return false;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    if (this.#host.getBoundingClientRect().top < 0) this.#host.scrollIntoView({ block: 'start' });
    return true;
  }

  #settle(): true {
    this.#observer?.disconnect();
    this.#observer = null;
    this.#wanted = null;
    this.#from = null;
    return true;
  }
}

function findHeading(view: HTMLElement): HTMLElement | null {
  const selector = 'h1, h2, h3';
  const own = view.querySelector<HTMLElement>(selector);
  if (own?.checkVisibility()) return own;
  const found = view.querySelector('.content')?.shadowRoot?.querySelector<HTMLElement>(selector);
  return found?.checkVisibility() ? found : null;
}
