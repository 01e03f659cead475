import { svg } from 'lit';
import { frameIcons, icon } from './frame-icons.ts';

export { icon, priorityIcon, statusIcon } from './frame-icons.ts';

/** Those of the list and of several views; the rest are in `more-icons.ts`. */
export const icons = {
  ...frameIcons,
  search: icon(svg`<circle cx="7" cy="7" r="4.5"/><path d="m10.5 10.5 3 3"/>`),
  chevron: icon(svg`<path d="m4.5 6.5 3.5 3.5 3.5-3.5"/>`),
  close: icon(svg`<path d="m4 4 8 8m0-8-8 8"/>`),
  person: icon(svg`<circle cx="8" cy="5.5" r="2.5"/><path d="M3.5 13.5a4.5 4.5 0 0 1 9 0"/>`),
  chat: icon(
    svg`<path d="M3 3.5h10a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1H8l-3 2.5v-2.5H3a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1z"/>`,
  ),
  filter: icon(svg`<path d="M2.5 4h11M4.5 8h7M6.5 12h3"/>`),
};
