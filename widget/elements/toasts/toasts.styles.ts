import { css } from 'lit';

export const styles = css`
  :host {
    display: contents;
  }
  .stack {
    position: fixed;
    inset: auto;
    /* At the top: the main action of form and conversation stands at the bottom. */
    inset-block-start: max(12px, env(safe-area-inset-top));
    inset-inline: 0;
    margin-inline: auto;
    inline-size: min(400px, 100vw - 32px);
    margin-block: 0;
    padding: 0;
    border: 0;
    background: none;
    color: var(--_text);
    overflow: visible;
  }
  .stack:popover-open {
    display: grid;
    gap: 8px;
  }
  .toast {
    display: flex;
    align-items: center;
    gap: 10px;
    min-block-size: 44px;
    padding: 5px;
    padding-inline-start: 14px;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) + 2px);
    background: var(--_ground);
    box-shadow: var(--_shadow);
    line-height: 1.4;
    transition:
      opacity var(--_speed) ease-out,
      translate var(--_speed) ease-out;
  }
  @starting-style {
    .toast {
      opacity: 0;
      translate: 0 -8px;
    }
  }
  .toast > svg {
    color: var(--_muted);
  }
  /* The exclamation mark upside down is an i. */
  .info > svg {
    rotate: 180deg;
  }
  .success > svg {
    color: var(--_resolved);
    stroke-width: 2;
  }
  .error > svg {
    color: var(--_danger);
  }
  p {
    flex: 1;
    min-inline-size: 0;
    padding-block: 6px;
    overflow-wrap: anywhere;
  }
  .button {
    flex: none;
    min-block-size: 32px;
    padding: 0 8px;
    margin-inline-end: -6px;
    color: var(--_accent);
  }
  .button.icon {
    inline-size: 32px;
    padding: 0;
    margin-inline-end: 0;
    color: var(--_muted);
  }
  .button.icon:hover {
    color: var(--_text);
  }
  @media (pointer: coarse) {
    .button {
      min-block-size: 44px;
    }
    .button.icon {
      inline-size: 44px;
    }
  }
`;
