import { css } from 'lit';

export const styles = css`
  form {
    display: grid;
    gap: 20px;
    max-inline-size: 960px;
    padding-block-start: 4px;
  }
  .back {
    margin-block-end: -8px;
  }
  h2 {
    font-size: var(--_size-xl);
    letter-spacing: -0.01em;
  }
  h3 {
    font-size: var(--_size);
  }
  section {
    display: grid;
    gap: 16px 40px;
    padding-block: 24px 8px;
    border-block-start: 1px solid var(--_line);
  }
  .intro {
    display: grid;
    gap: 4px;
    align-content: start;
  }
  .content {
    display: grid;
    gap: 20px;
    min-inline-size: 0;
  }
  /* The words beside the number, as beside a switch. */
  .days .field {
    grid-template:
      'label input' auto
      'note input' auto / minmax(0, 1fr) 88px;
    gap: 2px 24px;
  }
  .days .input {
    grid-area: input;
    align-self: start;
    text-align: end;
  }
  .days :is(.hint, .field-error) {
    grid-area: note;
  }
  legend {
    padding: 0;
    margin-block-end: 8px;
  }
  .checks {
    display: grid;
    gap: 4px 16px;
  }
  .checks .checkbox {
    min-block-size: 28px;
    padding-block: 3px;
    line-height: 1.5;
  }
  fieldset .field-error {
    margin-block-start: 6px;
  }
  .pairs {
    display: grid;
    gap: 16px;
    padding-inline-start: 16px;
    border-inline-start: 2px solid var(--_line);
  }

  /* Not below the bar at the bottom when the focus goes there. */
  :is(.input, .select, input, fieldset) {
    scroll-margin-block: 32px 160px;
  }
  .toggle {
    position: relative;
    display: flex;
    align-items: flex-start;
    justify-content: space-between;
    gap: 24px;
  }
  .toggle-text {
    display: grid;
    gap: 4px;
  }
  .toggle .label {
    cursor: pointer;
  }
  /* The whole line is the label's. */
  .toggle .label::after {
    content: '';
    position: absolute;
    inset: 0;
  }
  .switch {
    appearance: none;
    position: relative;
    flex: none;
    inline-size: 40px;
    block-size: 24px;
    margin-block: -1px;
    border: 1px solid var(--_border);
    border-radius: 999px;
    background: var(--_surface);
    cursor: pointer;
    transition:
      background-color var(--_speed) ease-out,
      border-color var(--_speed) ease-out;
  }
  .switch::before {
    content: '';
    position: absolute;
    inset-block-start: 2px;
    inset-inline-start: 2px;
    inline-size: 18px;
    block-size: 18px;
    border-radius: 50%;
    background: var(--_border);
    transition: translate var(--_speed) ease-out;
  }
  .switch:checked {
    border-color: var(--_accent);
    background: var(--_accent);
  }
  .switch:checked::before {
    background: var(--_on-accent);
    translate: 16px 0;
  }
  .switch:checked:dir(rtl)::before {
    translate: -16px 0;
  }

  footer {
    position: sticky;
    inset-block-end: 0;
    z-index: 1;
    display: grid;
    gap: 12px;
    margin-block-start: 8px;
    padding-block: 14px max(14px, env(safe-area-inset-bottom));
    border-block-start: 1px solid var(--_line);
    background: var(--_ground);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 8px;
  }
  .status {
    display: flex;
    align-items: center;
    gap: 8px;
    margin-inline-end: auto;
    color: var(--_muted);
    font-size: var(--_size-s);
  }
  .status.saved {
    color: var(--_resolved);
  }
  .status.dirty {
    color: var(--_text);
    font-weight: 500;
  }
  .dot {
    inline-size: 8px;
    block-size: 8px;
    border-radius: 50%;
    background: var(--_note-line);
  }
  .conflict {
    max-block-size: 40vh;
    overflow-y: auto;
    display: grid;
    gap: 6px;
    justify-items: start;
    padding: 12px;
    border: 1px solid var(--_note-line);
    border-radius: var(--_radius);
    background: var(--_note-soft);
    color: var(--_note);
    font-size: var(--_size-s);
    line-height: 1.45;
    overflow-wrap: anywhere;
  }
  .conflict .button {
    margin-block-start: 4px;
  }
  .conflict ul {
    padding-inline-start: 18px;
    list-style: disc;
  }
  .strong {
    display: flex;
    gap: 8px;
    font-weight: 600;
  }
  .strong svg {
    margin-block-start: 1.5px;
  }

  .skeleton {
    block-size: 12px;
    max-inline-size: 220px;
  }
  .skeleton.title {
    block-size: 14px;
    inline-size: 96px;
    margin-block-end: 4px;
  }
  .skeleton.box {
    block-size: 36px;
    max-inline-size: none;
    margin-block: -10px 4px;
    border-radius: var(--_radius-control);
    opacity: 0.6;
  }

  @container (min-width: 560px) {
    .checks,
    .pairs {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
  }
  @container (min-width: 720px) {
    section {
      grid-template-columns: 220px minmax(0, 1fr);
    }
  }
  @container (max-width: 559.9px) {
    .actions .button {
      min-block-size: 44px;
    }
  }
  @media (forced-colors: active) {
    .switch {
      appearance: auto;
      inline-size: 18px;
    }
    .switch::before {
      content: none;
    }
  }
  /* A window as low as this has no room for what stays. */
  @media (max-height: 479px) {
    footer {
      position: static;
    }
  }
`;
