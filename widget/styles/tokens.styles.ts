import { css } from 'lit';

/**
 * The public `--support-*` properties, resolved once on `<support-center>` into the private `--_*` ones that
 * every element inside uses; those of a single element are resolved there. `light-dark()` follows the `color-scheme` in force: the page's, or that of `theme`.
 * Contrast of each pair: see the table in the README.
 */
export const tokens = css`
  :host {
    --_text: var(--support-color-text, light-dark(#1a1d21, #e6e8eb));
    --_muted: var(--support-color-muted, light-dark(#5b6470, #9aa3ad));
    --_ground: var(--support-color-ground, light-dark(#ffffff, #16181c));
    --_surface: var(--support-color-surface, light-dark(#f6f7f9, #1e2126));
    --_hover: var(--support-color-hover, light-dark(#f0f2f5, #23272d));
    --_line: var(--support-color-line, light-dark(#e3e6ea, #2b3037));
    /* Around buttons and other controls that their words already tell; fields have the stronger border. */
    --_control: var(--support-color-control, light-dark(#ccd2da, #3b424b));
    --_border: var(--support-color-border, light-dark(#868e98, #6b7480));
    --_accent: var(--support-color-accent, light-dark(#3b5bdb, #91a7ff));
    --_accent-hover: var(--support-color-accent-hover, light-dark(#3048b8, #b0c0ff));
    --_on-accent: var(--support-color-on-accent, light-dark(#ffffff, #0f1220));
    --_accent-soft: var(--support-color-accent-soft, light-dark(#eef2ff, #1f2540));
    --_danger: var(--support-color-danger, light-dark(#c92a2a, #ff8787));
    --_on-danger: var(--support-color-on-danger, light-dark(#ffffff, #2b0b0b));
    --_danger-soft: var(--support-color-danger-soft, light-dark(#fff0f0, #351a1a));
    --_open: var(--support-color-open, light-dark(#1d4ed8, #a5c0ff));
    --_open-soft: var(--support-color-open-soft, light-dark(#e8efff, #1b2a4d));
    --_progress: var(--support-color-progress, light-dark(#854d0e, #fcd34d));
    --_progress-soft: var(--support-color-progress-soft, light-dark(#fef3c7, #3a2f0b));
    --_waiting: var(--support-color-waiting, light-dark(#9a3412, #fdba74));
    --_waiting-soft: var(--support-color-waiting-soft, light-dark(#ffe8d6, #43260f));
    --_resolved: var(--support-color-resolved, light-dark(#166534, #86efac));
    --_resolved-soft: var(--support-color-resolved-soft, light-dark(#dcfce7, #12351f));
    --_closed: var(--support-color-closed, light-dark(#4b5563, #b6bec8));
    --_closed-soft: var(--support-color-closed-soft, light-dark(#eef0f3, #2a2e35));
    --_note: var(--support-color-note, light-dark(#5f4b00, #f2d98a));
    --_note-soft: var(--support-color-note-soft, light-dark(#fff8db, #2e2710));
    --_note-line: var(--support-color-note-line, light-dark(#a8841a, #8a7020));

    --_font: var(--support-font-family, inherit);
    --_size-s: var(--support-font-size-small, 13px);
    --_size: var(--support-font-size, 14px);
    --_size-l: var(--support-font-size-large, 16px);
    --_size-xl: var(--support-font-size-title, 20px);

    --_space: var(--support-space, 4px);
    --_radius: var(--support-radius, 8px);
    --_radius-control: var(--support-radius-control, 6px);
    --_radius-chip: var(--support-radius-chip, 999px);
    --_shadow: var(--support-shadow, 0 8px 24px light-dark(rgb(16 24 40 / 14%), rgb(0 0 0 / 50%)));
    --_focus: var(--support-focus-ring, 2px solid var(--_accent));
    --_speed: var(--support-motion, 140ms);
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
