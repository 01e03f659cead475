import { Cell } from '../../cell.ts';
import type * as Frame from '../../shell-late.ts';
import type { showPressed } from '../badge-bar/show-pressed.ts';
import type { RestOfList } from './rest-of-list.ts';

/** What list and frame can do besides showing tickets: null until its code is here, false when it could not be loaded. */
export const restOfList = new Cell<
  ({ RestOfList: typeof RestOfList; showPressed: typeof showPressed } & typeof Frame) | null | false
>(null);
