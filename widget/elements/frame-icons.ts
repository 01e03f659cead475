import { svg, type SVGTemplateResult } from 'lit';
import type { Priority, Status } from '../../server/contract/vocabulary.ts';

/** 16 × 16, drawn with the text's color; decorative: the words beside them say it. */
export function icon(content: SVGTemplateResult): SVGTemplateResult {
  return svg`<svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">${content}</svg>`;
}

const STATUS_SHAPES: Record<Status, SVGTemplateResult> = {
  open: svg`<circle cx="8" cy="8" r="5.5"/>`,
  in_progress: svg`<circle cx="8" cy="8" r="5.5"/><path d="M8 4.5a3.5 3.5 0 0 1 0 7z" fill="currentColor" stroke="none"/>`,
  waiting_user: svg`<circle cx="8" cy="8" r="5.5"/><path d="M8 5v3l2 1.5"/>`,
  resolved: svg`<circle cx="8" cy="8" r="5.5"/><path d="m5.6 8.2 1.7 1.7 3.1-3.5"/>`,
  closed: svg`<rect x="3" y="3" width="10" height="10" rx="2" fill="currentColor" stroke="none"/>`,
};

/** Each status has a shape besides its color. */
export function statusIcon(status: Status): SVGTemplateResult {
  return icon(STATUS_SHAPES[status]);
}

const BARS = [svg`<path d="M3.5 13v-3"/>`, svg`<path d="M8 13V7"/>`, svg`<path d="M12.5 13V4"/>`];

/** One, two or three bars, and an exclamation mark for urgent. */
export function priorityIcon(priority: Priority): SVGTemplateResult {
  if (priority === 'urgent') {
    return icon(
      svg`<rect x="2" y="2" width="12" height="12" rx="3" fill="currentColor" stroke="none"/><path d="M8 5v3.5M8 11v.01" stroke="var(--_ground)" stroke-width="1.8"/>`,
    );
  }
  const level = { low: 1, normal: 2, high: 3 }[priority];
  return icon(
    svg`<g stroke-width="2.4">${BARS.map((bar, i) => (i < level ? bar : svg`<g opacity="0.3">${bar}</g>`))}</g>`,
  );
}

export const plusIcon = icon(svg`<path d="M8 3.5v9M3.5 8h9"/>`);
