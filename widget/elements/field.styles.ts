import { css } from 'lit';
import { formStyles } from '../styles/form.styles.ts';

const more = css`
  .label-line {
    display: flex;
    justify-content: space-between;
    align-items: baseline;
    gap: 12px;
  }
  .counter {
    color: var(--_muted);
    font-size: var(--_size-s);
    white-space: nowrap;
  }
  :is(.input, .textarea, .select)[aria-invalid='true']:focus-visible {
    outline-color: var(--_danger);
  }
  .field:has([aria-invalid='true']) .counter {
    color: var(--_danger);
  }
  .hint {
    line-height: 1.45;
  }
  .field-error {
    align-items: flex-start;
    line-height: 1.45;
  }
  .field-error svg {
    align-self: flex-start;
    margin-block-start: 1.5px;
  }
  .input[readonly],
  .textarea[readonly] {
    color: var(--_muted);
  }
  .select:disabled {
    color: var(--_muted);
    opacity: 1;
    cursor: default;
  }
  .select-icon {
    position: absolute;
    inset-inline-start: 10px;
    inset-block: 0;
    display: grid;
    place-items: center;
    pointer-events: none;
  }
  .with-icon .select {
    padding-inline-start: 34px;
  }
  :is([type='number'], [type='email'], [type='url']) {
    direction: ltr;
  }
  :host(:dir(rtl)) :is([type='number'], [type='email'], [type='url']) {
    text-align: end;
  }
  input[type='number'] {
    appearance: textfield;
    font-variant-numeric: tabular-nums;
  }
  input[type='number']::-webkit-inner-spin-button,
  input[type='number']::-webkit-outer-spin-button {
    appearance: none;
    margin: 0;
  }
`;

/** What `field.ts` renders, beyond the base. */
export const fieldStyles = [formStyles, more];
