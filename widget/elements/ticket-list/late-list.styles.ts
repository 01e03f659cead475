import { css } from 'lit';

/** What the list lacks until it is there: the pointer over a row, loading anew, and words in place of tickets. */
export const lateListStyles = css`
  .more {
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: 8px;
    padding-block: 4px;
  }
  .more .button {
    min-inline-size: 128px;
  }
  .card {
    transition: background-color var(--_speed) ease-out;
  }
  @media (hover: hover) {
    [data-number]:hover {
      background: var(--_hover);
    }
  }
  /* The ring of the subject goes around the whole row. */
  .card:has(.subject:focus-visible) {
    outline: var(--_focus);
    outline-offset: -2px;
    border-radius: var(--_radius-control);
    background: var(--_hover);
  }
  .subject:focus-visible {
    outline: none;
  }

  /* Renewing shows as a thin line that runs along the top, and only when it takes a while. */
  .rows.refreshing::before,
  .rows.loading::before {
    content: '';
    position: absolute;
    z-index: 1;
    inset-block-start: 0;
    inset-inline: 0;
    block-size: 2px;
    background: linear-gradient(90deg, transparent, var(--_accent), transparent);
    opacity: 0;
    animation: run 1.1s ease-in-out 300ms infinite;
  }
  .rows.loading ul {
    opacity: 0.55;
    transition: opacity var(--_speed) ease-out 200ms;
  }
  @keyframes run {
    0% {
      opacity: 1;
      transform: translateX(-100%);
    }
    100% {
      opacity: 1;
      transform: translateX(100%);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .rows.refreshing::before,
    .rows.loading::before {
      animation-duration: 3s;
    }
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
