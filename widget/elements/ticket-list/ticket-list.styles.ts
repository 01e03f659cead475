import { css } from 'lit';
import { card } from './ticket-card.styles.ts';
import { states } from './list-states.styles.ts';

const rows = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
  }
  .rows {
    position: relative;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) + 2px);
    background: var(--_ground);
    overflow: clip;
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

  @media (prefers-reduced-motion: reduce) {
    .rows.refreshing::before,
    .rows.loading::before {
      animation-duration: 3s;
    }
  }
`;

export const styles = [rows, card, states];
