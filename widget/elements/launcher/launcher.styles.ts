import { css } from 'lit';

/** The floating button and its panel. */
export const styles = css`
  :host {
    display: contents;
    --_inset: var(--support-launcher-inset, 20px);
    --_level: var(--support-launcher-z-index, 2147483000);
  }
  .launcher,
  .pane {
    position: fixed;
    z-index: var(--_level);
    inset-inline-end: calc(var(--_inset) + env(safe-area-inset-right, 0px));
    box-shadow: var(--_shadow);
  }
  .launcher {
    display: grid;
    place-items: center;
    inset-block-end: calc(var(--_inset) + env(safe-area-inset-bottom, 0px));
    inline-size: 52px;
    block-size: 52px;
    border: 0;
    border-radius: 50%;
    background: var(--_accent);
    color: var(--_on-accent);
    cursor: pointer;
    transition: background-color var(--_speed) ease-out;
  }
  .launcher:hover {
    background: var(--_accent-hover);
  }
  .launcher svg {
    inline-size: 22px;
    block-size: 22px;
  }
  .unread {
    position: absolute;
    inset-block-start: -3px;
    inset-inline-end: -3px;
    min-inline-size: 20px;
    padding: 0 5px;
    border-radius: var(--_radius-chip);
    background: var(--_danger);
    color: var(--_on-danger);
    font-size: 12px;
    font-weight: 600;
    line-height: 20px;
    text-align: center;
  }
  .pane {
    container-type: inline-size;
    inset-block-end: calc(var(--_inset) + 64px + env(safe-area-inset-bottom, 0px));
    inline-size: min(440px, calc(100vw - 2 * var(--_inset)));
    block-size: min(680px, calc(100dvh - 64px - 2 * var(--_inset)));
    overflow: auto;
    overscroll-behavior: contain;
    padding: calc(var(--_space) * 4);
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) * 1.5);
    background: var(--_ground);
  }
  .pane-close {
    position: absolute;
    display: none;
  }
  @media (max-width: 559px) {
    .pane {
      inset: 0;
      inline-size: auto;
      block-size: auto;
      border: 0;
      border-radius: 0;
      padding-block: calc(var(--_space) * 4 + env(safe-area-inset-top, 0px))
        calc(var(--_space) * 4 + env(safe-area-inset-bottom, 0px));
    }
    .pane {
      padding-block-start: calc(52px + env(safe-area-inset-top, 0px));
    }
    .pane-close {
      display: inline-flex;
      inset-block-start: 12px;
      inset-inline-end: 12px;
      z-index: 1;
    }
  }
`;
