import type { SupportEvent, SupportEventName } from '../events.ts';
import type { SupportCenter } from '../support-center.ts';
import type { SupportLink } from '../support-link.ts';

/** What a template of any framework may say of `<support-center>`, by attribute. */
export interface SupportCenterAttributes {
  'api-url'?: string;
  'token-url'?: string;
  token?: string;
  layout?: SupportCenter['layout'];
  view?: SupportCenter['view'];
  ticket?: string;
  status?: NonNullable<SupportCenter['status']>;
  routing?: SupportCenter['routing'];
  theme?: SupportCenter['theme'];
  locale?: string;
  'related-app'?: string;
  'support-url'?: string;
  disabled?: boolean;
}

/** What takes more than a string. */
export type SupportCenterProperties = Partial<
  Pick<SupportCenter, 'getToken' | 'relatedApps' | 'ticketDefaults' | 'messages'>
>;

export interface SupportLinkAttributes {
  href?: string;
  'api-url'?: string;
  'token-url'?: string;
  token?: string;
  'support-url'?: string;
  locale?: string;
  disabled?: boolean;
}

export type SupportLinkProperties = Partial<Pick<SupportLink, 'getToken' | 'messages'>>;

/** `onsupport-ready` and so on, as React 19 and Svelte 5 name listeners. */
export type SupportCenterListeners = {
  [K in SupportEventName as `on${K}`]?: (event: SupportEvent<K>) => void;
};
