import { css } from 'lit';

/**
 * The public `--support-*` properties, resolved once on `<support-center>` into the private `--_*` ones that
 * every element inside uses; those of a single element are resolved there. `light-dark()` follows the `color-scheme` in force: the page's, or that of `theme`.
 * Contrast of each pair: see the table in the README. Those that nothing uses before the list is there are in
 * `late-tokens.styles.ts`.
 */
export const tokens = css`
  :host {
    /* Text. */
    --_text: var(--support-color-text, light-dark(#1a1d21, #e6e8eb));
    /* Secondary text: dates, hints, labels of facts. */
    --_muted: var(--support-color-muted, light-dark(#5b6470, #9aa3ad));
    /* Behind everything; yours, unless the element stands on another color. */
    --_ground: var(--support-color-ground, light-dark(#ffffff, #16181c));
    /* Lines between things. */
    --_line: var(--support-color-line, light-dark(#e3e6ea, #2b3037));
    /* Around buttons and badges. */
    --_control: var(--support-color-control, light-dark(#ccd2da, #3b424b));
    /* The main button, links, focus. */
    --_accent: var(--support-color-accent, light-dark(#3b5bdb, #91a7ff));
    /* Text on the accent. */
    --_on-accent: var(--support-color-on-accent, light-dark(#ffffff, #0f1220));
    /* Errors, and what deletes. */
    --_danger: var(--support-color-danger, light-dark(#c92a2a, #ff8787));
    /* Open. */
    --_open: var(--support-color-open, light-dark(#1d4ed8, #a5c0ff));
    /* Behind it. */
    --_open-soft: var(--support-color-open-soft, light-dark(#e8efff, #1b2a4d));
    /* In Progress. */
    --_progress: var(--support-color-progress, light-dark(#854d0e, #fcd34d));
    /* Behind it. */
    --_progress-soft: var(--support-color-progress-soft, light-dark(#fef3c7, #3a2f0b));
    /* Waiting User, and high priority. */
    --_waiting: var(--support-color-waiting, light-dark(#9a3412, #fdba74));
    /* Behind it. */
    --_waiting-soft: var(--support-color-waiting-soft, light-dark(#ffe8d6, #43260f));
    /* Resolved. */
    --_resolved: var(--support-color-resolved, light-dark(#166534, #86efac));
    /* Behind it. */
    --_resolved-soft: var(--support-color-resolved-soft, light-dark(#dcfce7, #12351f));
    /* Closed. */
    --_closed: var(--support-color-closed, light-dark(#4b5563, #b6bec8));
    /* Behind it. */
    --_closed-soft: var(--support-color-closed-soft, light-dark(#eef0f3, #2a2e35));

    /* Of the page, unless you say another. */
    --_font: var(--support-font-family, inherit);
    /* Labels, facts, hints. */
    --_size-s: var(--support-font-size-small, 13px);
    /* Everything else. */
    --_size: var(--support-font-size, 14px);
    /* Titles of views. */
    --_size-xl: var(--support-font-size-title, 20px);

    /* The step that distances are multiples of. */
    --_space: var(--support-space, 4px);
    /* Corners of boxes. */
    --_radius: var(--support-radius, 8px);
    /* Corners of buttons and fields. */
    --_radius-control: var(--support-radius-control, 6px);
    /* Corners of badges and status chips. */
    --_radius-chip: var(--support-radius-chip, 999px);
    /* Outline of what has the keyboard's focus. */
    --_focus: var(--support-focus-ring, 2px solid var(--_accent));
    /* Least height of a row in the list. */
    --_row: var(--support-row-height, 56px);
  }
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
`;
