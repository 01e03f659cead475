import { svg } from 'lit';
import { icon, plusIcon } from './frame-icons.ts';

export { icon, priorityIcon, statusIcon } from './frame-icons.ts';

/** Those of the list and of several views; the rest are in `more-icons.ts`. */
export const icons = {
  plus: plusIcon,
  retry: icon(svg`<path d="M13 8a5 5 0 1 1-1.6-3.7M13 2.5v3h-3"/>`),
  gear: icon(
    svg`<path d="M2.5 5h5.6M12 5h1.5M2.5 11H4M8 11h5.5"/><circle cx="10" cy="5" r="1.9"/><circle cx="6" cy="11" r="1.9"/>`,
  ),
  alert: icon(svg`<circle cx="8" cy="8" r="6"/><path d="M8 5v3.5M8 11v.01"/>`),
  external: icon(
    svg`<path d="M9.5 3H13v3.5M13 3 7.5 8.5M11.5 9.5V12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V5.5a1 1 0 0 1 1-1h2.5"/>`,
  ),
  search: icon(svg`<circle cx="7" cy="7" r="4.5"/><path d="m10.5 10.5 3 3"/>`),
  chevron: icon(svg`<path d="m4.5 6.5 3.5 3.5 3.5-3.5"/>`),
  close: icon(svg`<path d="m4 4 8 8m0-8-8 8"/>`),
  person: icon(svg`<circle cx="8" cy="5.5" r="2.5"/><path d="M3.5 13.5a4.5 4.5 0 0 1 9 0"/>`),
  chat: icon(
    svg`<path d="M3 3.5h10a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1H8l-3 2.5v-2.5H3a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1z"/>`,
  ),
  filter: icon(svg`<path d="M2.5 4h11M4.5 8h7M6.5 12h3"/>`),
};
