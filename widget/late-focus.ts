import type { ReactiveControllerHost } from 'lit';
import { restOfList } from './elements/ticket-list/late-list.ts';
import { loadAfterList, onceAfterList } from './loader.ts';
import type { ViewFocus } from './view-focus.ts';

/**
 * Keys and focus, whose code comes after the list.
 *
 * @param words brings the words that go with it
 * @param goBack what Escape does; returns whether there was somewhere to go back to
 * @returns loads them, and moves the focus once they are here; after a failure the next call tries again
 */
export function lateFocus(
  host: ReactiveControllerHost & HTMLElement,
  words: () => Promise<void>,
  goBack: () => boolean,
): (move?: (focus: ViewFocus) => unknown) => void {
  let focus: Promise<ViewFocus> | null = null;
  onceAfterList(({ ViewKeys }) => new ViewKeys(host, goBack));
  return (move) => {
    focus ??= words()
      .then(loadAfterList)
      .then(({ ViewFocus }) => new ViewFocus(host));
    void focus.then(move, () => {
      focus = null;
      if (!restOfList.value) restOfList.set(false);
    });
  };
}
