import { css } from 'lit';

/** The frame around the views. */
export const shellStyles = css`
  :host([disabled]) {
    display: none;
  }
  /* What a page says of everything in it, such as \`* { … !important }\`, reaches our host and ends here. */
  .words {
    all: initial;
    display: block;
    /* What is for screen readers alone is placed in it, and makes no page longer. */
    position: relative;
    container-type: inline-size;
    inline-size: 100%;
    color-scheme: inherit;
    visibility: inherit;
    pointer-events: inherit;
    letter-spacing: inherit;
    -webkit-font-smoothing: inherit;
    -webkit-text-size-adjust: 100%;
    user-select: text;
    -webkit-user-select: text;
    font-family: var(--_font);
    font-size: var(--_size);
    line-height: 1.45;
    color: var(--_text);
    text-align: start;
  }
  :host([theme='light']) .words {
    color-scheme: light;
  }
  :host([theme='dark']) .words {
    color-scheme: dark;
  }
  :host([layout='launcher']) .words {
    /* A container would be what its fixed boxes are placed in; the panel is one instead. */
    display: contents;
  }
  .base {
    position: relative;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--_space) * 4);
    min-inline-size: 0;
  }
  .view {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--_space) * 4);
    min-inline-size: 0;
  }
  .view:focus,
  .title:focus {
    outline: none;
  }
  .header {
    display: flex;
    align-items: center;
    gap: calc(var(--_space) * 2);
    min-block-size: 36px;
  }
  .title {
    flex: 1 1 auto;
    min-inline-size: 0;
    font-size: var(--_size-xl);
    letter-spacing: -0.01em;
  }
  .loading {
    display: grid;
    gap: calc(var(--_space) * 4);
  }
  .s-title {
    inline-size: 104px;
    block-size: 24px;
    margin-block: 6px;
  }
  .s-row {
    display: grid;
    align-content: center;
    gap: 9px;
    block-size: calc(var(--_row) + 1px);
    padding-inline: 26px 16px;
  }
  .s-row + .s-row {
    border-block-start: 1px solid var(--_line);
  }
  @container (max-width: 419px) {
    .header .word {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
    .header .button {
      padding: 0;
      min-inline-size: 36px;
      aspect-ratio: 1;
    }
  }
`;
