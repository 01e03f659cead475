import { css } from 'lit';

export const styles = css`
  .bar {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .badge {
    display: inline-flex;
    align-items: center;
    gap: 7px;
    flex: none;
    min-block-size: 36px;
    padding: 0;
    padding-inline: 10px 6px;
    border: 1px solid var(--_control);
    border-radius: var(--_radius-chip);
    background: var(--_ground);
    color: var(--_text);
    font-weight: 500;
    line-height: 1.2;
    white-space: nowrap;
    cursor: pointer;
  }
  .badge > svg {
    color: var(--_tone);
    stroke-width: 1.8;
  }
  .count {
    display: inline-grid;
    place-items: center;
    min-inline-size: calc(2ch + 14px);
    min-block-size: 24px;
    padding-inline: 7px;
    border-radius: var(--_radius-chip);
    background: var(--_tone-soft);
    color: var(--_tone);
    font-size: var(--_size-s);
    font-weight: 600;
  }
  .unknown {
    inline-size: 1ch;
    block-size: 2px;
    border-radius: 1px;
    background: currentColor;
    opacity: 0.5;
  }
  .badge[aria-pressed='true'] {
    border-color: var(--_tone);
    background: var(--_tone-soft);
    color: var(--_tone);
    box-shadow: inset 0 0 0 1px var(--_tone);
  }
  .badge[aria-pressed='true'] .count {
    background: var(--_tone);
    color: var(--_ground);
  }
  /* Closer together, so that all five stay in one line on a tablet. */
  @container (560px <= width < 800px) {
    .bar {
      gap: 6px;
    }
    .badge {
      gap: 6px;
      padding-inline: 8px 5px;
    }
  }
  /* One line that scrolls sideways; the room around it keeps focus rings whole. */
  @container (max-width: 559px) {
    .bar {
      flex-wrap: nowrap;
      margin: -4px;
      padding: 4px;
      overflow-x: auto;
      overscroll-behavior-x: contain;
      scroll-padding-inline: 24px;
      scrollbar-width: none;
    }
  }
  @media (pointer: coarse) {
    .badge {
      min-block-size: 44px;
    }
  }
`;
