import { css } from 'lit';

/** Labels, inputs, selects, checkboxes and what stands below them. */
export const fields = css`
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
  .input,
  .textarea,
  .select {
    inline-size: 100%;
    min-inline-size: 0;
    min-block-size: 36px;
    padding: 6px 10px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-control);
    background: var(--_ground);
    color: var(--_text);
    line-height: 1.45;
    transition: border-color var(--_speed) ease-out;
  }
  .input::placeholder,
  .textarea::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  .input:hover,
  .textarea:hover,
  .select:hover {
    border-color: var(--_text);
  }
  .input:focus-visible,
  .textarea:focus-visible,
  .select:focus-visible {
    outline-offset: 0;
    border-color: var(--_accent);
  }
  .input[aria-invalid='true'],
  .textarea[aria-invalid='true'],
  .select[aria-invalid='true'] {
    border-color: var(--_danger);
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
  .select {
    appearance: none;
    padding-inline-end: 30px;
    text-overflow: ellipsis;
    cursor: pointer;
  }
  .select option {
    background: var(--_ground);
    color: var(--_text);
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
`;
