/**
 * Typings of the tags in Vue 3 templates: `import type {} from 'support-center/vue'`. Vue has to be told that they are
 * custom elements: `compilerOptions: { isCustomElement: (tag) => tag.startsWith('support-') }`.
 */
import type { EmitFn, HTMLAttributes, PublicProps } from 'vue';
import type { SupportEvent, SupportEventName } from '../events.ts';
import type { SupportCenter } from '../support-center.ts';
import type { SupportLink } from '../support-link.ts';
import type {
  SupportCenterAttributes,
  SupportCenterProperties,
  SupportLinkAttributes,
  SupportLinkProperties,
} from './usage.ts';

/** As Vue looks for the props and events of a component. */
type Tag<E, Props, Events extends Record<string, (event: never) => void>> = new () => E & {
  /** For templates only: the element has no such property. */
  $props: Props & HTMLAttributes & PublicProps;
  $emit: EmitFn<Events>;
};
type SupportCenterEmits = { [K in SupportEventName]: (event: SupportEvent<K>) => void };

export type SupportCenterTag = Tag<
  SupportCenter,
  SupportCenterAttributes & SupportCenterProperties,
  SupportCenterEmits
>;
export type SupportLinkTag = Tag<
  SupportLink,
  SupportLinkAttributes & SupportLinkProperties,
  Record<never, never>
>;

declare module 'vue' {
  interface GlobalComponents {
    'support-center': SupportCenterTag;
    'support-link': SupportLinkTag;
  }
}
