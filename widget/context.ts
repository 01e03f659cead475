import { createContext } from '@lit/context';
import type { SupportStore } from './state.ts';
import type { Text } from './text/text.ts';

/** The store of the surrounding `<support-center>`. Set once, before anything inside renders. */
export const storeContext = createContext<SupportStore>(Symbol('support-store'));

/** Strings and formats of the current language. Replaced when the language changes. */
export const textContext = createContext<Text>(Symbol('support-text'));
