import { css } from 'lit';
import { lateBase } from './late.ts';

/** Buttons, focus, chips, skeletons: as they stand there at first. */
const foundation = css`
  :host {
    display: block;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h2,
  p,
  ul {
    margin: 0;
    padding: 0;
    border: 0;
    min-inline-size: 0;
  }
  ul {
    list-style: none;
  }
  h2 {
    font-weight: 600;
    line-height: 1.3;
    text-wrap: balance;
    overflow-wrap: anywhere;
  }
  button {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
    margin: 0;
  }
  :focus-visible {
    outline: var(--_focus);
    outline-offset: 2px;
  }
  :focus:not(:focus-visible) {
    outline: none;
  }
  .sr {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .numbers {
    font-variant-numeric: tabular-nums;
  }
  svg {
    inline-size: 16px;
    block-size: 16px;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.6;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-block-size: 34px;
    padding: 0 12px;
    border: 1px solid var(--_control);
    border-radius: var(--_radius-control);
    background: var(--_ground);
    color: var(--_text);
    font-weight: 500;
    line-height: 1.2;
    text-decoration: none;
    white-space: nowrap;
    cursor: pointer;
  }
  .button.primary {
    background: var(--_accent);
    border-color: var(--_accent);
    color: var(--_on-accent);
  }

  .chip {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    min-block-size: 22px;
    padding: 0 8px;
    border-radius: var(--_radius-chip);
    font-size: var(--_size-s);
    font-weight: 500;
    line-height: 1.2;
    white-space: nowrap;
    color: var(--_tone, var(--_closed));
    background: var(--_tone-soft, var(--_closed-soft));
  }
  .chip svg {
    inline-size: 14px;
    block-size: 14px;
  }
  .tone-open {
    --_tone: var(--_open);
    --_tone-soft: var(--_open-soft);
  }
  .tone-in_progress {
    --_tone: var(--_progress);
    --_tone-soft: var(--_progress-soft);
  }
  .tone-waiting_user {
    --_tone: var(--_waiting);
    --_tone-soft: var(--_waiting-soft);
  }
  .tone-resolved {
    --_tone: var(--_resolved);
    --_tone-soft: var(--_resolved-soft);
  }
  .tone-closed {
    --_tone: var(--_closed);
    --_tone-soft: var(--_closed-soft);
  }
  .priority {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    white-space: nowrap;
    color: var(--_muted);
  }
  .priority-high {
    color: var(--_waiting);
  }
  .priority-urgent {
    color: var(--_danger);
    font-weight: 500;
  }

  .skeleton {
    display: block;
    border-radius: 4px;
    background: var(--_line);
    animation: breathe 1.4s ease-in-out infinite alternate;
  }
  @keyframes breathe {
    to {
      opacity: 0.45;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .skeleton {
      animation-duration: 4s;
    }
  }
  @media (pointer: coarse) {
    /* Also those that are low for a mouse. */
    .button.button {
      min-block-size: 44px;
    }
  }
  @media (forced-colors: active), (prefers-contrast: more) {
    .chip {
      border: 1px solid;
    }
  }
`;

/** What every shadow root inside `<support-center>` starts from. */
export const base = [foundation, lateBase];
