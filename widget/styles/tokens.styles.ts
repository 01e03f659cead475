import { css } from 'lit';

/**
 * The public `--support-*` properties, resolved once on `<support-center>` into the private `--_*` ones that
 * every element inside uses; those of a single element are resolved there. `light-dark()` follows the `color-scheme` in force: the page's, or that of `theme`.
 * Contrast of each pair: see the table in the README.
 */
export const tokens = css`
  :host {
    /* Text. */
    --_text: var(--support-color-text, light-dark(#1a1d21, #e6e8eb));
    /* Secondary text: dates, hints, labels of facts. */
    --_muted: var(--support-color-muted, light-dark(#5b6470, #9aa3ad));
    /* Behind everything; yours, unless the element stands on another color. */
    --_ground: var(--support-color-ground, light-dark(#ffffff, #16181c));
    /* Areas that are set off, such as notices. */
    --_surface: var(--support-color-surface, light-dark(#f6f7f9, #1e2126));
    /* Rows and buttons under the pointer. */
    --_hover: var(--support-color-hover, light-dark(#f0f2f5, #23272d));
    /* Lines between things. */
    --_line: var(--support-color-line, light-dark(#e3e6ea, #2b3037));
    /* Around buttons and badges. */
    --_control: var(--support-color-control, light-dark(#ccd2da, #3b424b));
    /* Around fields: 3:1 or more against the ground. */
    --_border: var(--support-color-border, light-dark(#868e98, #6b7480));
    /* The main button, links, focus. */
    --_accent: var(--support-color-accent, light-dark(#3b5bdb, #91a7ff));
    /* The main button under the pointer. */
    --_accent-hover: var(--support-color-accent-hover, light-dark(#3048b8, #b0c0ff));
    /* Text on the accent. */
    --_on-accent: var(--support-color-on-accent, light-dark(#ffffff, #0f1220));
    /* Behind agents' messages and filters that are set. */
    --_accent-soft: var(--support-color-accent-soft, light-dark(#eef2ff, #1f2540));
    /* Errors, and what deletes. */
    --_danger: var(--support-color-danger, light-dark(#c92a2a, #ff8787));
    /* Text on it. */
    --_on-danger: var(--support-color-on-danger, light-dark(#ffffff, #2b0b0b));
    /* Behind errors. */
    --_danger-soft: var(--support-color-danger-soft, light-dark(#fff0f0, #351a1a));
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
    /* Text of internal notes. */
    --_note: var(--support-color-note, light-dark(#5f4b00, #f2d98a));
    /* Behind them. */
    --_note-soft: var(--support-color-note-soft, light-dark(#fff8db, #2e2710));
    /* Around them. */
    --_note-line: var(--support-color-note-line, light-dark(#a8841a, #8a7020));

    /* Of the page, unless you say another. */
    --_font: var(--support-font-family, inherit);
    /* Labels, facts, hints. */
    --_size-s: var(--support-font-size-small, 13px);
    /* Everything else. */
    --_size: var(--support-font-size, 14px);
    /* Titles of dialogs and sections. */
    --_size-l: var(--support-font-size-large, 16px);
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
    /* Of what floats. */
    --_shadow: var(--support-shadow, 0 8px 24px light-dark(rgb(16 24 40 / 14%), rgb(0 0 0 / 50%)));
    /* Outline of what has the keyboard's focus. */
    --_focus: var(--support-focus-ring, 2px solid var(--_accent));
    /* Duration of transitions; none under reduced motion. */
    --_speed: var(--support-motion, 140ms);
    /* Least height of a row in the list. */
    --_row: var(--support-row-height, 56px);
  }
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
  /* Out of the colors in force, so that it holds in every theme of a host. */
  @media (prefers-contrast: more) {
    :host {
      --_muted: var(--_text);
      --_border: var(--_text);
      --_control: var(--_text);
      --_line: color-mix(in srgb, var(--_text) 60%, var(--_ground));
    }
  }
  @media (prefers-reduced-motion: reduce) {
    :host {
      --_speed: 0.01ms;
    }
  }
`;
