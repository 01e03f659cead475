import { css } from 'lit';

/** What the badges lack until the list is there: the pointer over them, and edges that fade where they scroll. */
export const lateBadgeStyles = css`
  .badge {
    user-select: none;
    transition:
      background-color var(--_speed) ease-out,
      border-color var(--_speed) ease-out;
  }
  .count {
    transition:
      background-color var(--_speed) ease-out,
      color var(--_speed) ease-out;
  }
  @media (hover: hover) {
    .badge:hover:not([aria-pressed='true']) {
      border-color: var(--_border);
      background: var(--_hover);
    }
  }
  .badge:active {
    background: var(--_tone-soft);
  }
  @container (max-width: 559px) {
    .bar {
      animation: fade-edges linear both;
      animation-timeline: scroll(self inline);
    }
    :host(:dir(rtl)) .bar {
      animation-name: fade-edges-rtl;
    }
  }
  /* Where there is more to scroll to, the edge fades; a bar that fits has no scroll timeline and no fade. */
  @keyframes fade-edges {
    0% {
      mask-image: linear-gradient(90deg, #000 calc(100% - 32px), transparent);
    }
    1%,
    99% {
      mask-image: linear-gradient(90deg, transparent, #000 32px calc(100% - 32px), transparent);
    }
    100% {
      mask-image: linear-gradient(270deg, #000 calc(100% - 32px), transparent);
    }
  }
  @keyframes fade-edges-rtl {
    0% {
      mask-image: linear-gradient(270deg, #000 calc(100% - 32px), transparent);
    }
    1%,
    99% {
      mask-image: linear-gradient(90deg, transparent, #000 32px calc(100% - 32px), transparent);
    }
    100% {
      mask-image: linear-gradient(90deg, #000 calc(100% - 32px), transparent);
    }
  }
  @media (forced-colors: active) {
    .badge[aria-pressed='true'] {
      border-color: Highlight;
      outline: 1px solid Highlight;
      outline-offset: -3px;
    }
    .count {
      background: none;
    }
  }
`;
