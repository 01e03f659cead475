import { svg } from 'lit';
import { icon } from './icons.ts';

/** Those of form, ticket and settings: not needed before one of these is opened. */
export const moreIcons = {
  back: icon(svg`<path d="M9.5 3.5 5 8l4.5 4.5"/>`),
  lock: icon(
    svg`<rect x="3.5" y="7" width="9" height="6" rx="1.5"/><path d="M5.5 7V5a2.5 2.5 0 0 1 5 0v2"/>`,
  ),
  clip: icon(
    svg`<path d="m12.5 7.5-4.6 4.6a2.6 2.6 0 0 1-3.7-3.7l5-5a1.7 1.7 0 0 1 2.4 2.4l-5 5a.8.8 0 0 1-1.2-1.2l4.3-4.3"/>`,
  ),
  file: icon(
    svg`<path d="M9 2H5a1.5 1.5 0 0 0-1.5 1.5v9A1.5 1.5 0 0 0 5 14h6a1.5 1.5 0 0 0 1.5-1.5v-7z"/><path d="M9 2v3.5h3.5"/>`,
  ),
  download: icon(svg`<path d="M8 3v7m-3-3 3 3 3-3M3.5 13h9"/>`),
  check: icon(svg`<path d="m3.5 8.5 3 3 6-7"/>`),
  trash: icon(svg`<path d="M3 4.5h10M6.5 4.5V3h3v1.5M4.5 4.5l.6 8.5h5.8l.6-8.5"/>`),
  tag: icon(
    svg`<path d="M3 3.5h4.3L13 9.2a1 1 0 0 1 0 1.4L10.6 13a1 1 0 0 1-1.4 0L3.5 7.3z"/><path d="M5.8 6.2v.01"/>`,
  ),
  copy: icon(
    svg`<rect x="5.5" y="5.5" width="8" height="8" rx="1.5"/><path d="M3.5 10.5a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1h6a1 1 0 0 1 1 1"/>`,
  ),
  clock: icon(svg`<circle cx="8" cy="8" r="5.5"/><path d="M8 5v3l2 1.5"/>`),
  mail: icon(svg`<rect x="2.5" y="4" width="11" height="8.5" rx="1.5"/><path d="m3 5 5 4 5-4"/>`),
  app: icon(svg`<rect x="2.5" y="3" width="11" height="10" rx="1.5"/><path d="M2.5 6h11"/>`),
};
