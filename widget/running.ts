import { Cell } from './cell.ts';
import type { Store } from './store.ts';

/** The stores of the elements in this page, so that a `<support-link>` need not ask the server a second time. */
export const runningStores = new Cell<readonly Store[]>([]);

export function enterRunning(store: Store): void {
  runningStores.set([...runningStores.value, store]);
}

export function leaveRunning(store: Store): void {
  runningStores.set(runningStores.value.filter((one) => one !== store));
}
