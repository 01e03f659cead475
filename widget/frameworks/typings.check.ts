/** Held by the type check, run by nobody: what the typings let a host write, and what they do not. */
import type { JSX } from 'react';
import type { SvelteHTMLElements } from 'svelte/elements';
import type { GlobalComponents } from 'vue';
import type {} from './react.ts';
import type {} from './svelte.ts';
import type {} from './vue.ts';

export const react: JSX.IntrinsicElements['support-center'] = {
  'token-url': '/support-token',
  routing: 'hash',
  className: 'support',
  relatedApps: [{ id: 'site-eu', name: 'EU site' }],
  'onsupport-ticket-created': ({ detail }) => detail.ticket.number.trim(),
};
export const svelte: SvelteHTMLElements['support-center'] = {
  'token-url': '/support-token',
  getToken: async ({ reason }) => `token for ${reason}`,
  'onsupport-unread-change': ({ detail }) => detail.unreadCount.toFixed(),
};
export const vue: InstanceType<GlobalComponents['support-center']>['$props'] = {
  'token-url': '/support-token',
  theme: 'dark',
  class: 'support',
};
export const links: [
  JSX.IntrinsicElements['support-link'],
  SvelteHTMLElements['support-link'],
  InstanceType<GlobalComponents['support-link']>['$props'],
] = [{ href: '/support' }, { href: '/support' }, { href: '/support' }];

// @ts-expect-error -- there is no such layout
export const layout: JSX.IntrinsicElements['support-center'] = { layout: 'sidebar' };
// @ts-expect-error -- nor such a theme
export const theme: SvelteHTMLElements['support-center'] = { theme: 'sepia' };
// @ts-expect-error -- nor such a status
export const status: InstanceType<GlobalComponents['support-center']>['$props'] = { status: 'pending' };
