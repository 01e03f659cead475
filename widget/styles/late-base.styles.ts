import { css } from 'lit';

/** What the base styles lack until the list is there: all that answers to a pointer, and what stands in no list. */
export const lateFoundation = css`
  h1,
  h3,
  ol,
  dl,
  dd,
  figure,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
    min-inline-size: 0;
  }
  ol {
    list-style: none;
  }
  h1,
  h3 {
    font-weight: 600;
    line-height: 1.3;
    text-wrap: balance;
    overflow-wrap: anywhere;
  }
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
    margin: 0;
  }
  .muted {
    color: var(--_muted);
  }
  .small {
    font-size: var(--_size-s);
  }
  .button.quiet {
    border-color: transparent;
    background: transparent;
  }
  .button {
    user-select: none;
    transition:
      background-color var(--_speed) ease-out,
      border-color var(--_speed) ease-out,
      opacity var(--_speed) ease-out;
  }
  /* Where a view begins, and the way out of it. */
  h2:focus {
    outline: none;
  }
  .back {
    justify-self: start;
    min-block-size: 28px;
    padding-inline: 4px 8px;
    margin-inline-start: -6px;
    color: var(--_muted);
  }
  .back:hover {
    color: var(--_text);
  }
  :host(:dir(rtl)) .back svg {
    scale: -1 1;
  }
  /* Not behind what sticks to the bottom. */
  :focus-visible {
    scroll-margin-block-end: var(--_foot, 0px);
  }
  a {
    color: var(--_accent);
    text-underline-offset: 2px;
  }
  .button:hover {
    background: var(--_hover);
  }
  .button:active {
    transform: translateY(0.5px);
  }
  .button.primary:hover {
    background: var(--_accent-hover);
    border-color: var(--_accent-hover);
  }
  .button.danger {
    background: var(--_danger);
    border-color: var(--_danger);
    color: var(--_on-danger);
  }
  .button.danger-quiet {
    border-color: var(--_line);
    color: var(--_danger);
  }
  .button.danger-quiet:hover {
    background: var(--_danger-soft);
  }
  .button.quiet:hover {
    background: var(--_hover);
  }
  .button.icon {
    padding: 0;
    inline-size: 34px;
  }
  .button[disabled],
  .button[aria-disabled='true'] {
    opacity: 0.55;
    cursor: default;
  }
  .spinner {
    inline-size: 14px;
    block-size: 14px;
    border: 2px solid currentColor;
    border-inline-end-color: transparent;
    border-radius: 50%;
    animation: spin 0.8s linear infinite;
    flex: none;
  }
  @keyframes spin {
    to {
      rotate: 360deg;
    }
  }
  .notice {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 12px;
    align-items: center;
    padding: 10px 12px;
    border-radius: var(--_radius-control);
    background: var(--_surface);
    font-size: var(--_size-s);
  }
  .notice.error {
    background: var(--_danger-soft);
    color: var(--_danger);
  }
  .notice > .grow {
    flex: 1 1 200px;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  @media (prefers-reduced-motion: reduce) {
    .spinner {
      animation-duration: 4s;
    }
    .button:active {
      transform: none;
    }
  }
  @media (pointer: coarse) {
    /* Below 16 px, a phone zooms in on what is typed into. */
    .input,
    .textarea,
    .select {
      min-block-size: 44px;
      font-size: max(16px, 1em);
    }
    .button.icon {
      inline-size: 44px;
    }
  }
  @media (forced-colors: active) {
    .button.primary:is(*, :hover) {
      border-color: Highlight;
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
    /* A color of their own would not be forced. */
    svg {
      color: inherit !important;
    }
  }
`;
