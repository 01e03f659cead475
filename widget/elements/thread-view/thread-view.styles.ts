import { css } from 'lit';

export const styles = css`
  :host {
    padding-block: 4px 16px;
  }
  .back {
    margin-block-end: 8px;
  }
  .columns {
    display: grid;
    grid-template: 'head' 'side' 'main' / minmax(0, 1fr);
  }
  .head {
    grid-area: head;
    display: grid;
    gap: 8px;
    padding-block-end: 16px;
    border-block-end: 1px solid var(--_line);
  }
  h2 {
    font-size: var(--_size-xl);
    letter-spacing: -0.01em;
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 12px;
    min-block-size: 28px;
    font-size: var(--_size-s);
  }
  .number {
    color: var(--_muted);
  }
  .fact {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    color: var(--_muted);
    min-inline-size: 0;
  }
  .fact svg,
  .facts .priority svg {
    inline-size: 14px;
    block-size: 14px;
  }
  .fold {
    min-block-size: 28px;
    margin-inline-start: auto;
    padding-inline: 8px 4px;
    gap: 2px;
    color: var(--_muted);
    font-size: var(--_size-s);
  }
  .fold svg {
    transition: rotate var(--_speed) ease-out;
  }
  .fold[aria-expanded='true'] svg {
    rotate: 180deg;
  }

  .side {
    grid-area: side;
    display: grid;
    align-content: start;
    gap: 16px;
    padding-block: 16px;
    border-block-end: 1px solid var(--_line);
  }
  .side.folded,
  .side:empty {
    display: none;
  }
  .details {
    display: grid;
    gap: 10px;
    font-size: var(--_size-s);
  }
  .details > div {
    display: grid;
    grid-template-columns: 96px minmax(0, 1fr);
    gap: 8px;
    line-height: 1.55;
  }
  .details .priority {
    block-size: 1lh;
  }
  dt {
    color: var(--_muted);
  }
  .mail-notice {
    display: block;
    margin-block-start: 4px;
    color: var(--_danger);
    white-space: normal;
  }
  /* A name or address of the other direction, where it wraps. */
  dd bdi {
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
  dd {
    display: grid;
    justify-items: start;
    overflow-wrap: anywhere;
  }
  .link {
    padding: 0;
    border: 0;
    background: none;
    color: var(--_accent);
    text-decoration: underline;
    text-underline-offset: 2px;
    cursor: pointer;
  }

  .main {
    grid-area: main;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: 12px;
    min-inline-size: 0;
    padding-block-start: 12px;
  }
  .conversation {
    --_foot: 160px;
    position: relative;
  }
  li {
    position: relative;
    padding-block: 6px;
    content-visibility: auto;
    contain-intrinsic-size: auto 110px;
    scroll-margin-block: 24px 220px;
  }
  li.history {
    contain-intrinsic-size: auto 32px;
  }
  div.history {
    display: grid;
    grid-template-columns: 32px minmax(0, 1fr);
    gap: 12px;
    align-items: start;
    color: var(--_muted);
    font-size: var(--_size-s);
    line-height: 1.55;
    overflow-wrap: anywhere;
  }
  .history-icon {
    display: grid;
    place-items: center;
    block-size: 1lh;
    color: var(--_tone, var(--_muted));
  }
  .history-icon.priority-high {
    color: var(--_waiting);
  }
  .history-icon.priority-urgent {
    color: var(--_danger);
  }
  .history-icon svg {
    inline-size: 14px;
    block-size: 14px;
  }
  .who,
  .what {
    color: var(--_text);
    font-weight: 500;
  }
  .history time {
    white-space: nowrap;
  }
  .new {
    display: flex;
    align-items: center;
    gap: 10px;
    padding-block: 2px 10px;
    color: var(--_accent);
    font-size: var(--_size-s);
    font-weight: 600;
  }
  .new::before,
  .new::after {
    content: '';
    flex: 1;
    block-size: 1px;
    background: currentColor;
    opacity: 0.4;
  }
  .older {
    display: flex;
    inline-size: 100%;
    margin-block-end: 12px;
    border-style: dashed;
    border-color: var(--_line);
    color: var(--_muted);
  }
  .foot {
    position: sticky;
    inset-block-end: max(8px, env(safe-area-inset-bottom, 0px));
    z-index: 1;
    min-inline-size: 0;
  }
  .below {
    position: absolute;
    inset-block-end: calc(100% + 8px);
    inset-inline: 0;
    inline-size: fit-content;
    min-block-size: 30px;
    margin-inline: auto;
    padding-inline: 10px 14px;
    border-radius: var(--_radius-chip);
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_on-accent);
    font-size: var(--_size-s);
    box-shadow: var(--_shadow);
  }
  .below:hover {
    background: var(--_accent-hover);
  }
  support-center-composer {
    border-radius: var(--_radius);
    /* Nothing is read in the gap below it. */
    box-shadow:
      0 8px var(--_ground),
      0 4px 16px light-dark(rgb(16 24 40 / 9%), rgb(0 0 0 / 45%));
  }
  .notice .button {
    min-block-size: 30px;
  }

  @container (max-width: 559px) {
    div.history {
      grid-template-columns: 16px minmax(0, 1fr);
      gap: 8px;
    }
  }
  @container (min-width: 900px) {
    .columns {
      grid-template: 'head side' auto 'main side' 1fr / minmax(0, 820px) 280px;
      column-gap: 40px;
      justify-content: space-between;
    }
    .narrow {
      display: none;
    }
    .side,
    .side.folded {
      display: grid;
      position: sticky;
      inset-block-start: 16px;
      align-self: start;
      padding: 16px;
      border: 1px solid var(--_line);
      border-radius: var(--_radius);
    }
  }
`;
