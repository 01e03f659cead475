import { css } from 'lit';

/** Those public properties that nothing in a list uses before its code is all here. */
export const lateTokens = css`
  :host {
    /* Areas that are set off, such as notices. */
    --_surface: var(--support-color-surface, light-dark(#f6f7f9, #1e2126));
    /* Rows and buttons under the pointer. */
    --_hover: var(--support-color-hover, light-dark(#f0f2f5, #23272d));
    /* Around fields: 3:1 or more against the ground. */
    --_border: var(--support-color-border, light-dark(#868e98, #6b7480));
    /* The main button under the pointer. */
    --_accent-hover: var(--support-color-accent-hover, color-mix(in srgb, var(--_accent) 80%, var(--_text)));
    /* Behind agents' messages and filters that are set. */
    --_accent-soft: var(--support-color-accent-soft, color-mix(in srgb, var(--_accent) 9%, var(--_ground)));
    /* Text on what deletes. */
    --_on-danger: var(--support-color-on-danger, light-dark(#ffffff, #2b0b0b));
    /* Behind errors. */
    --_danger-soft: var(--support-color-danger-soft, light-dark(#fff0f0, #351a1a));
    /* Text of internal notes. */
    --_note: var(--support-color-note, light-dark(#5f4b00, #f2d98a));
    /* Behind internal notes. */
    --_note-soft: var(--support-color-note-soft, light-dark(#fff8db, #2e2710));
    /* Around internal notes. */
    --_note-line: var(--support-color-note-line, light-dark(#a8841a, #8a7020));
    /* Titles of dialogs and sections. */
    --_size-l: var(--support-font-size-large, 16px);
    /* Of what floats. */
    --_shadow: var(--support-shadow, 0 8px 24px light-dark(rgb(16 24 40 / 14%), rgb(0 0 0 / 50%)));
    /* Duration of transitions; none under reduced motion. */
    --_speed: var(--support-motion, 140ms);
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
