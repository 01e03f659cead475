import { css } from 'lit';

/** What stands in place of the tickets; after the card's own styles. */
export const states = css`
  .skeletons {
    mask-image: linear-gradient(#000 30%, transparent);
    animation: appear 200ms ease-out 120ms backwards;
  }
  .skeletons .card {
    cursor: default;
    background: none;
    content-visibility: visible;
  }
  @keyframes appear {
    from {
      opacity: 0;
    }
  }
  .line {
    block-size: 12px;
    inline-size: 56px;
    margin-block: 4px;
  }
  .line.small {
    block-size: 10px;
  }
  .pill {
    inline-size: 92px;
    block-size: 22px;
    border-radius: var(--_radius-chip);
  }
  .w2 {
    inline-size: min(26%, 200px);
  }
  .w3 {
    inline-size: min(60%, 190px);
  }
  .w4 {
    inline-size: min(52%, 300px);
  }
  .w5 {
    inline-size: min(66%, 380px);
  }
  .w6 {
    inline-size: min(82%, 460px);
  }

  .panel {
    display: grid;
    justify-items: center;
    gap: 6px;
    padding: 56px 24px;
    border: 1px dashed var(--_line);
    border-radius: calc(var(--_radius) + 2px);
    text-align: center;
  }
  .panel h3 {
    font-size: var(--_size-l);
  }
  .panel p {
    max-inline-size: 46ch;
    line-height: 1.5;
    text-wrap: pretty;
  }
  .panel .button {
    margin-block-start: 12px;
  }
  .emblem {
    display: grid;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    margin-block-end: 8px;
    border-radius: 50%;
    background: var(--_accent-soft);
    color: var(--_accent);
  }
  .emblem.danger {
    background: var(--_danger-soft);
    color: var(--_danger);
  }
  .emblem svg {
    inline-size: 20px;
    block-size: 20px;
  }
`;
