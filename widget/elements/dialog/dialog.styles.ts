import { css } from 'lit';

export const styles = css`
  :host {
    display: contents;
  }
  dialog {
    inline-size: min(440px, 100vw - 32px);
    max-inline-size: none;
    max-block-size: min(640px, 100dvh - 32px);
    margin: auto;
    padding: 0;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) + 4px);
    background: var(--_ground);
    color: var(--_text);
    box-shadow: var(--_shadow);
    overscroll-behavior: contain;
    opacity: 1;
    translate: 0 0;
    transition:
      opacity var(--_speed) ease-out,
      translate var(--_speed) ease-out;
  }
  @starting-style {
    dialog[open] {
      opacity: 0;
      translate: 0 6px;
    }
  }
  dialog::backdrop {
    background: light-dark(rgb(16 20 28 / 45%), rgb(0 0 0 / 60%));
  }
  .panel {
    display: grid;
    gap: 12px;
    padding: 20px;
  }
  header {
    display: flex;
    align-items: start;
    justify-content: space-between;
    gap: 12px;
  }
  header .button {
    margin-block: -5px;
    margin-inline-end: -8px;
    color: var(--_muted);
  }
  h2 {
    font-size: var(--_size-l);
  }
  .body {
    color: var(--_muted);
    line-height: 1.5;
    overflow-wrap: anywhere;
  }
  .body .label {
    color: var(--_text);
  }
  .body p + p {
    margin-block-start: 8px;
  }
  .fields {
    display: grid;
    gap: 14px;
    padding-block-start: 4px;
  }
  .notice {
    margin-block-start: 12px;
  }
  footer {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 8px;
    margin-block-start: 8px;
  }
  @media (max-width: 420px) {
    footer > .button,
    ::slotted([slot='actions']) {
      flex: 1 1 auto;
    }
  }
`;
