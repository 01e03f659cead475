// What nobody needs to read the list, in one chunk that is loaded once it is there: search and filters, the keys, and
// where the focus goes.
import './elements/ticket-filters/ticket-filters.ts';

export { ViewFocus } from './view-focus.ts';
export { ViewKeys } from './view-keys.ts';
