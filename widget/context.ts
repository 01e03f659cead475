import type { Cell } from './cell.ts';
import type { SupportStore } from './state.ts';
import type { Text } from './text/text.ts';

/** What a `<support-center>` gives to the elements inside it. */
export interface Context {
  readonly store: SupportStore;
  /** Strings and formats of the current language; replaced when the language changes. */
  readonly text: Cell<Text>;
}

const CONTEXT = Symbol('support-context');
type Provider = Element & { [CONTEXT]?: Context };

/** Once, before anything inside renders. */
export function provideContext(provider: Element, context: Context): void {
  (provider as Provider)[CONTEXT] = context;
}

/**
 * From the element itself up through the hosts of the shadow roots around it: ours nest in nothing else, so that no
 * protocol of events is needed.
 *
 * @throws Error outside of a `<support-center>`
 */
export function contextOf(element: Element): Context {
  let node: Element | undefined = element;
  while (node) {
    const context = (node as Provider)[CONTEXT];
    if (context) return context;
    const root = node.getRootNode();
    node = root instanceof ShadowRoot ? root.host : undefined;
  }
  throw new Error(`<${element.localName}> belongs inside <support-center>.`);
}
