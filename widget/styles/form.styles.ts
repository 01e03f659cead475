import { css } from 'lit';

/** Labels, text areas, checkboxes and what stands below them: what only forms have. */
export const formStyles = css`
  .field {
    display: grid;
    gap: 6px;
    align-content: start;
    min-inline-size: 0;
  }
  .label {
    font-weight: 500;
    font-size: var(--_size-s);
  }
  .hint {
    color: var(--_muted);
    font-size: var(--_size-s);
  }
  .field-error {
    display: flex;
    gap: 6px;
    align-items: baseline;
    color: var(--_danger);
    font-size: var(--_size-s);
    overflow-wrap: anywhere;
  }
  .field-error svg {
    align-self: center;
  }
  .textarea {
    display: block;
    min-block-size: 96px;
    resize: vertical;
    line-height: 1.5;
  }
  .select-box {
    position: relative;
    display: block;
    min-inline-size: 0;
  }
  .select-box > svg {
    position: absolute;
    inset-inline-end: 9px;
    inset-block-start: calc(50% - 8px);
    color: var(--_muted);
    pointer-events: none;
  }
  .checkbox {
    display: flex;
    gap: 8px;
    align-items: flex-start;
    cursor: pointer;
  }
  .checkbox input {
    margin-block-start: 2px;
  }
  input[type='checkbox']:where(:not(.switch)) {
    appearance: none;
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 16px;
    block-size: 16px;
    border: 1px solid var(--_border);
    border-radius: 4px;
    background: var(--_ground);
    cursor: pointer;
    transition:
      background-color var(--_speed) ease-out,
      border-color var(--_speed) ease-out;
  }
  input[type='checkbox']:where(:not(.switch))::before {
    content: '';
    inline-size: 9px;
    block-size: 5px;
    border: solid var(--_on-accent);
    border-width: 0 0 2px 2px;
    rotate: -45deg;
    translate: 0 -1px;
    opacity: 0;
  }
  input[type='checkbox']:where(:not(.switch)):hover {
    border-color: var(--_text);
  }
  input[type='checkbox']:where(:not(.switch)):checked {
    border-color: var(--_accent);
    background: var(--_accent);
  }
  input[type='checkbox']:where(:not(.switch)):checked::before {
    opacity: 1;
  }
  input[type='checkbox']:disabled {
    cursor: default;
    opacity: 0.55;
  }
  @media (forced-colors: active) {
    input[type='checkbox']:where(:not(.switch)) {
      appearance: auto;
    }
    input[type='checkbox']:where(:not(.switch))::before {
      content: none;
    }
  }
`;
