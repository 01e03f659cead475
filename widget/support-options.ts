import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import type { RelatedApp } from '../server/contract/tickets.ts';
import type { Status } from '../server/contract/vocabulary.ts';
import { resolveApiUrl } from './api-url.ts';
import { externalUrl } from './external-url.ts';
import type { Route, TicketDefaults } from './state.ts';
import type { StoreOptions } from './store-options.ts';
import type { Catalog } from './text/text.ts';
import type { GetToken } from './token.ts';

/** What a host says of a `<support-center>`, by attribute or property. */
export class SupportOptions extends LitElement {
  /** Where the server answers. Default: `/api` at the origin the script came from; with npm, at the page's. */
  @property({ attribute: 'api-url' }) apiUrl: string | null = null;
  /** A URL of the host that answers the JWT, plain or as `{token}`; fetched with credentials. */
  @property({ attribute: 'token-url' }) tokenUrl: string | null = null;
  /** A fixed JWT. */
  @property() token: string | null = null;
  /** `page` fills its place in the page; `launcher` is a floating button that opens a panel. */
  @property({ useDefault: true, reflect: true }) layout: 'page' | 'launcher' = 'page';
  /** What is shown first; a change navigates. */
  @property() view: Route['view'] = 'list';
  /** Number of the ticket to show first; a change navigates. */
  @property() ticket: string | null = null;
  /** Status that the list is narrowed to. */
  @property() status: Status | null = null;
  /** `hash` keeps the view in the page's address: `#support/tickets/SUP-1001`. */
  @property() routing: 'none' | 'hash' = 'none';
  /** `auto` follows the page's `color-scheme`. */
  @property({ useDefault: true, reflect: true }) theme: 'auto' | 'light' | 'dark' = 'auto';
  /** Language of words, dates and numbers, such as `de-AT`. Default: the nearest `lang`. */
  @property() locale: string | null = null;
  /** Id of the related app that is preselected in the form. */
  @property({ attribute: 'related-app' }) relatedApp: string | null = null;
  /** An external helpdesk: linked in a new tab in place of the built-in system. Overrides the server's setting. */
  @property({ attribute: 'support-url' }) supportUrl: string | null = null;
  /** Renders nothing and makes no request. */
  @property({ type: Boolean, reflect: true }) disabled = false;

  /** Gives the JWT; called once at a time, again before it expires and after the server refused it. */
  @property({ attribute: false }) getToken: GetToken | null = null;
  /** What the form offers as related apps. Default: those of the token. */
  @property({ attribute: false }) relatedApps: RelatedApp[] | null = null;
  /** What a new ticket starts with. */
  @property({ attribute: false }) ticketDefaults: TicketDefaults = {};
  /** Replaces single texts, by key. */
  @property({ attribute: false }) messages: Catalog = {};
}

/** What they come to for the store; outside of a page there is no address to take as a base. */
export function storeOptions(options: SupportOptions, locale: string): StoreOptions {
  const { isConnected, relatedApp, relatedApps, getToken, tokenUrl, token } = options;
  return {
    apiUrl: isConnected ? resolveApiUrl(options.apiUrl) : '',
    locale,
    token: { getToken, tokenUrl, token },
    supportUrl: isConnected ? externalUrl(options.supportUrl) : null,
    relatedApps,
    ticketDefaults: { ...(relatedApp ? { relatedApp } : {}), ...options.ticketDefaults },
  };
}

/** Where `view` and `ticket` lead. */
export function attributeRoute({ view }: Pick<SupportOptions, 'view'>, ticket: string | null): Route {
  if (view === 'new' || view === 'settings') return { view };
  return ticket ? { view: 'ticket', number: ticket } : { view: 'list' };
}
