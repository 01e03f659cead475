import { Cell } from '../../cell.ts';
import type { RestOfList } from './rest-of-list.ts';

/** What the list can do besides showing tickets: null until its code is here, false when that could not be loaded. */
export const restOfList = new Cell<typeof RestOfList | null | false>(null);
