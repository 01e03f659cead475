import { css } from 'lit';

export const styles = css`
  :host {
    display: grid;
    gap: 8px;
    min-inline-size: 0;
  }
  .dropzone {
    position: relative;
    display: flex;
    align-items: center;
    gap: 10px;
    min-block-size: 56px;
    padding: 12px 14px;
    border: 1px dashed var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    font-size: var(--_size-s);
    transition:
      background-color var(--_speed) ease-out,
      border-color var(--_speed) ease-out;
  }
  .dropzone > svg {
    color: var(--_muted);
  }
  .dropzone:has(input:enabled:hover),
  :host([dragging]) .dropzone {
    border-color: var(--_accent);
    background: var(--_accent-soft);
  }
  .dropzone:has(input:disabled),
  .attach:has(input:disabled) {
    opacity: 0.55;
  }
  .dropzone:has(input:focus-visible),
  .attach:has(input:focus-visible) {
    outline: var(--_focus);
    outline-offset: 2px;
  }
  input {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    opacity: 0;
    cursor: pointer;
  }
  input::file-selector-button {
    cursor: pointer;
  }
  input:disabled {
    cursor: default;
  }
  .row {
    display: flex;
    align-items: flex-end;
    gap: 8px;
    min-inline-size: 0;
  }
  .attach {
    position: relative;
    overflow: hidden;
    color: var(--_muted);
    flex: none;
  }
  .attach:hover {
    color: var(--_text);
  }
  ::slotted([slot='actions']) {
    flex: 1;
    min-inline-size: 0;
  }

  .items {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .item {
    display: flex;
    align-items: center;
    gap: 8px;
    flex: 0 1 auto;
    min-inline-size: 0;
    max-inline-size: min(100%, 280px);
    padding: 5px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-control);
    background: var(--_ground);
    font-size: var(--_size-s);
    line-height: 1.35;
  }
  .item.failed,
  .item.refused {
    max-inline-size: 100%;
    border-color: transparent;
    background: var(--_danger-soft);
  }
  .picture {
    display: grid;
    place-items: center;
    inline-size: 34px;
    block-size: 34px;
    flex: none;
    overflow: hidden;
    border-radius: 4px;
    background: var(--_surface);
    color: var(--_muted);
  }
  :is(.failed, .refused) .picture {
    background: none;
    color: var(--_danger);
  }
  img {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
  .what {
    display: grid;
    flex: 1 1 96px;
    min-inline-size: 64px;
  }
  .uploading .what,
  .waiting .what {
    flex-basis: 140px;
    gap: 4px;
  }
  .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-weight: 500;
    unicode-bidi: plaintext;
  }
  .problem {
    color: var(--_danger);
    overflow-wrap: anywhere;
  }
  progress {
    appearance: none;
    inline-size: 100%;
    block-size: 4px;
    margin-block: 4px;
    border: 0;
    border-radius: 2px;
    overflow: hidden;
    background: var(--_line);
  }
  progress::-webkit-progress-bar {
    background: var(--_line);
  }
  progress::-webkit-progress-value {
    background: var(--_accent);
    transition: inline-size var(--_speed) ease-out;
  }
  progress::-moz-progress-bar {
    background: var(--_accent);
  }
  .action {
    display: grid;
    place-items: center;
    inline-size: 26px;
    block-size: 26px;
    flex: none;
    padding: 0;
    border: 0;
    border-radius: 4px;
    background: none;
    color: var(--_muted);
    cursor: pointer;
  }
  .action:hover {
    background: var(--_hover);
    color: var(--_text);
  }
  @media (pointer: coarse) {
    .action {
      inline-size: 40px;
      block-size: 40px;
    }
  }
  @media (forced-colors: active) {
    progress {
      border: 1px solid CanvasText;
    }
  }
`;
