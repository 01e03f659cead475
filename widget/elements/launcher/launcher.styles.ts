import { css } from 'lit';

/**
 * The floating button and its panel. Each stands in a box over the whole window that is there to place it, at
 * `--support-launcher-place`: logical, so that it changes sides with the page's direction.
 */
export const styles = css`
  :host {
    display: contents;
    --_inset: var(--support-launcher-inset, 20px);
  }
  .corner,
  .stage {
    position: fixed;
    inset: 0;
    box-sizing: border-box;
    inline-size: auto;
    block-size: auto;
    max-inline-size: none;
    max-block-size: none;
    margin: 0;
    border: 0;
    padding: calc(var(--_inset) + env(safe-area-inset-top, 0px))
      calc(var(--_inset) + env(safe-area-inset-right, 0px))
      calc(var(--_inset) + env(safe-area-inset-bottom, 0px))
      calc(var(--_inset) + env(safe-area-inset-left, 0px));
    background: none;
    color: inherit;
    overflow: visible;
  }
  .corner,
  .stage[open] {
    display: grid;
  }
  .corner {
    z-index: var(--support-launcher-z-index, 2147483000);
    pointer-events: none;
  }
  .stage::backdrop {
    background: none;
  }
  .launcher,
  .pane {
    position: relative;
    place-self: var(--support-launcher-place, end end);
    box-shadow: var(--_shadow);
  }
  .launcher {
    display: grid;
    place-items: center;
    inline-size: 52px;
    block-size: 52px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: var(--_accent);
    color: var(--_on-accent);
    cursor: pointer;
    pointer-events: auto;
    transition: background-color var(--_speed) ease-out;
  }
  .launcher:hover {
    background: var(--_accent-hover);
  }
  /* Behind the panel, from where its count would look out. */
  .launcher[aria-expanded='true'] {
    opacity: 0;
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
    display: flex;
    flex-direction: column;
    inline-size: min(440px, 100%);
    block-size: min(720px, 100%);
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) * 1.5);
    background: var(--_ground);
    overflow: hidden;
  }
  .bar {
    display: flex;
    justify-content: flex-end;
    padding: var(--_space) var(--_space) 0;
  }
  .content {
    flex: 1 1 auto;
    min-block-size: 0;
    container-type: inline-size;
    overflow: auto;
    overscroll-behavior: contain;
    padding: var(--_space) calc(var(--_space) * 4) 0;
  }
  /* What sticks to the bottom would stick above a padding of the box that scrolls. */
  slot {
    display: block;
    padding-block-end: calc(var(--_space) * 4);
  }
  @media (max-width: 559px) {
    .stage {
      padding: 0;
    }
    .pane {
      place-self: stretch;
      inline-size: auto;
      block-size: auto;
      border: 0;
      border-radius: 0;
      padding: env(safe-area-inset-top, 0px) env(safe-area-inset-right, 0px) env(safe-area-inset-bottom, 0px)
        env(safe-area-inset-left, 0px);
    }
  }
  @media (forced-colors: active) {
    .launcher,
    .unread {
      border: 1px solid;
    }
  }
`;
