/**
 * Typings for React 19, which sets attributes, properties and listeners of custom elements by itself:
 * `import type {} from 'support-center/react'`.
 */
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { SupportCenter } from '../support-center.ts';
import type { SupportLink } from '../support-link.ts';
import type {
  SupportCenterAttributes,
  SupportCenterListeners,
  SupportCenterProperties,
  SupportLinkAttributes,
  SupportLinkProperties,
} from './usage.ts';

type Html<E> = DetailedHTMLProps<HTMLAttributes<E>, E>;

export type SupportCenterProps = Html<SupportCenter> &
  SupportCenterAttributes &
  SupportCenterProperties &
  SupportCenterListeners;
export type SupportLinkProps = Html<SupportLink> & SupportLinkAttributes & SupportLinkProperties;

declare module 'react' {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- how JSX is typed is a namespace of theirs
  namespace JSX {
    interface IntrinsicElements {
      'support-center': SupportCenterProps;
      'support-link': SupportLinkProps;
    }
  }
}
