import { css } from 'lit';

/** Inputs and selects: the list has them, too. */
export const fields = css`
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
`;
