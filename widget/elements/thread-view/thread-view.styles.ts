import { css } from 'lit';

export const styles = css`
  :host {
    padding-block: 4px 16px;
  }
  .back {
    min-block-size: 28px;
    padding-inline: 4px 8px;
    margin-inline-start: -6px;
    margin-block-end: 8px;
    color: var(--_muted);
  }
  .back:hover {
    color: var(--_text);
  }
  :host(:dir(rtl)) .back svg {
    scale: -1 1;
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
  h3 {
    font-size: var(--_size-xl);
    letter-spacing: -0.01em;
    outline: none;
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
    align-items: baseline;
  }
  dt {
    color: var(--_muted);
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
    position: relative;
  }
  li {
    position: relative;
    padding-block: 6px;
    content-visibility: auto;
    contain-intrinsic-size: auto 110px;
    scroll-margin-block: 24px 220px;
    outline: none;
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
    line-height: 20px;
    overflow-wrap: anywhere;
  }
  .history-icon {
    display: grid;
    place-items: center;
    block-size: 20px;
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
  .history time::before {
    content: '· ';
  }
  .new {
    display: flex;
    align-items: center;
    gap: 10px;
    padding-block: 2px 10px;
    color: var(--_accent);
    font-size: 12px;
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
  support-center-composer {
    position: sticky;
    inset-block-end: 8px;
    z-index: 1;
    border-radius: var(--_radius);
    box-shadow: 0 0 0 8px var(--_ground);
  }
  .notice .button {
    min-block-size: 30px;
  }

  .waiting {
    display: grid;
    gap: 12px;
  }
  .waiting-message {
    display: grid;
    grid-template-columns: 32px minmax(0, 1fr);
    gap: 12px;
  }
  .face {
    inline-size: 32px;
    block-size: 32px;
    border-radius: 50%;
  }
  .waiting-bubble {
    display: grid;
    gap: 10px;
    padding: 14px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
  }
  .waiting-bubble .skeleton {
    block-size: 10px;
  }
  .w30 {
    inline-size: 30%;
  }
  .w45 {
    inline-size: 45%;
  }
  .w80 {
    inline-size: 80%;
  }
  .w90 {
    inline-size: 90%;
  }
  .title-line {
    inline-size: min(360px, 80%);
    block-size: 26px;
  }
  .number-line {
    inline-size: 160px;
    block-size: 14px;
    margin-block: 7px;
  }
  .failed {
    display: grid;
    justify-items: center;
    gap: 8px;
    padding: 64px 16px;
    text-align: center;
  }
  .failed-icon {
    display: grid;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    margin-block-end: 4px;
    border-radius: 50%;
    background: var(--_surface);
    color: var(--_muted);
  }
  .failed-icon svg {
    inline-size: 20px;
    block-size: 20px;
  }
  .failed-what {
    font-weight: 600;
  }
  .failed .button {
    margin-block-start: 8px;
  }

  @container (max-width: 559px) {
    .waiting-message {
      grid-template-columns: minmax(0, 1fr);
    }
    .face {
      display: none;
    }
    div.history {
      grid-template-columns: 16px minmax(0, 1fr);
      gap: 8px;
    }
  }
  @container (min-width: 900px) {
    .columns {
      grid-template: 'head side' auto 'main side' 1fr / minmax(0, 1fr) 280px;
      column-gap: 32px;
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
      padding-block: 0;
      padding-inline-start: 24px;
      border-block-end: 0;
      border-inline-start: 1px solid var(--_line);
    }
    .main {
      max-inline-size: 820px;
    }
  }
`;
