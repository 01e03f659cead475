import { createContext } from '@lit/context';
import type { Cell } from './cell.ts';
import type { SupportStore } from './state.ts';
import type { Text } from './text/text.ts';

/** What a `<support-center>` gives to the elements inside it. Set once, before anything inside renders. */
export interface Context {
  readonly store: SupportStore;
  /** Strings and formats of the current language; replaced when the language changes. */
  readonly text: Cell<Text>;
}

export const supportContext = createContext<Context>(Symbol('support-context'));

/** Answers whoever asks inside `host`. What is in it stays the same, so that nobody need be told again. */
export function provideContext(host: HTMLElement, given: Context): void {
  host.addEventListener('context-request', (event) => {
    if (event.context !== supportContext) return;
    event.stopPropagation();
    event.callback(given);
  });
}
