import { css } from 'lit';

/** What stands in place of the tickets at first; after the card's own styles. */
export const skeletons = css`
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
`;
