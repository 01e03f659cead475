import { css } from 'lit';

export const styles = css`
  dialog[open] {
    display: flex;
    flex-direction: column;
    inline-size: 100vw;
    block-size: 100vh;
    block-size: 100dvh;
    max-inline-size: none;
    max-block-size: none;
    margin: 0;
    padding: 0;
    border: 0;
    background: transparent;
    color: #f4f5f7;
    font-size: var(--_size);
    color-scheme: dark;
    animation: appear var(--_speed) ease-out;
  }
  dialog::backdrop {
    background: rgb(10 12 16 / 88%);
    animation: appear var(--_speed) ease-out;
  }
  @keyframes appear {
    from {
      opacity: 0;
    }
  }
  header {
    display: flex;
    align-items: center;
    gap: 12px;
    padding: 8px 12px 8px 16px;
    background: rgb(10 12 16 / 60%);
  }
  .name {
    flex: 0 1 auto;
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-weight: 500;
  }
  .position {
    color: #b6bec8;
    font-size: var(--_size-s);
    white-space: nowrap;
  }
  .actions {
    display: flex;
    gap: 4px;
    margin-inline-start: auto;
  }
  button {
    display: grid;
    place-items: center;
    inline-size: 40px;
    block-size: 40px;
    padding: 0;
    border: 0;
    border-radius: var(--_radius-control);
    background: transparent;
    color: inherit;
    cursor: pointer;
  }
  button:hover {
    background: rgb(255 255 255 / 14%);
  }
  :focus-visible {
    outline: 2px solid #fff;
  }
  button svg {
    inline-size: 18px;
    block-size: 18px;
  }
  .stage {
    position: relative;
    display: grid;
    flex: 1;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    place-items: center;
    min-block-size: 0;
    padding: 16px;
  }
  img {
    max-inline-size: 100%;
    max-block-size: 100%;
    min-inline-size: 0;
    min-block-size: 0;
    object-fit: contain;
    border-radius: 4px;
    background: #fff;
    cursor: default;
  }
  .spinner {
    inline-size: 28px;
    block-size: 28px;
  }
  .failure {
    display: flex;
    align-items: center;
    gap: 8px;
  }
  .step {
    position: absolute;
    inset-block-start: calc(50% - 20px);
    border-radius: 50%;
    background: rgb(10 12 16 / 60%);
  }
  .step button {
    border-radius: 50%;
  }
  .step.back {
    inset-inline-start: 12px;
  }
  .step.on {
    inset-inline-end: 12px;
  }
  .step.on svg,
  :host(:dir(rtl)) .step.back svg {
    scale: -1 1;
  }
  :host(:dir(rtl)) .step.on svg {
    scale: none;
  }
`;
