/** Typings for Svelte 5: `import type {} from 'support-center/svelte'`. */
import type { HTMLAttributes } from 'svelte/elements';
import type { SupportCenter } from '../support-center.ts';
import type { SupportLink } from '../support-link.ts';
import type {
  SupportCenterAttributes,
  SupportCenterListeners,
  SupportCenterProperties,
  SupportLinkAttributes,
  SupportLinkProperties,
} from './usage.ts';

export type SupportCenterProps = Omit<HTMLAttributes<SupportCenter>, keyof SupportCenterListeners> &
  SupportCenterAttributes &
  SupportCenterProperties &
  SupportCenterListeners;
export type SupportLinkProps = HTMLAttributes<SupportLink> & SupportLinkAttributes & SupportLinkProperties;

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'support-center': SupportCenterProps;
    'support-link': SupportLinkProps;
  }
}
