import { css } from 'lit';

export const styles = css`
  section {
    display: grid;
    gap: 12px;
  }
  .properties {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: 12px;
    align-items: start;
  }
  .label {
    color: var(--_muted);
  }
  .select {
    font-weight: 500;
  }
  .select-icon > * {
    display: grid;
    color: var(--_muted);
  }
  .select-icon > .status {
    color: var(--_tone);
  }
  .select-icon > .priority.priority-high {
    color: var(--_waiting);
  }
  .select-icon > .priority.priority-urgent {
    color: var(--_danger);
  }
  .select-icon > .assignee:not(.nobody) {
    padding: 2px;
    border-radius: 50%;
    color: var(--_accent);
    background: var(--_accent-soft);
  }
  .assignee svg {
    inline-size: 14px;
    block-size: 14px;
  }
  .mark {
    position: absolute;
    inset-inline-end: 9px;
    inset-block: 0;
    display: grid;
    place-items: center;
    color: var(--_muted);
    pointer-events: none;
  }
  .mark.saved {
    color: var(--_resolved);
  }
  .mark.saved svg {
    stroke-width: 2;
  }
  .link {
    justify-self: start;
    min-block-size: 24px;
    padding: 0;
    border: 0;
    background: none;
    color: var(--_accent);
    font-size: var(--_size-s);
    font-weight: 500;
    text-align: start;
    cursor: pointer;
  }
  .link:hover {
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  .property {
    position: relative;
    display: grid;
    gap: 4px;
    min-inline-size: 0;
  }
  .take {
    position: absolute;
    inset-block-start: -3px;
    inset-inline-end: 0;
  }
  .after.field-error {
    flex-wrap: wrap;
    gap: 0 8px;
  }

  .conflict {
    display: grid;
    gap: 8px;
    padding: 12px;
    border: 1px solid var(--_note-line);
    border-radius: var(--_radius);
    background: var(--_note-soft);
    color: var(--_note);
    font-size: var(--_size-s);
    line-height: 1.45;
    overflow-wrap: anywhere;
  }
  .strong {
    display: flex;
    gap: 8px;
    font-weight: 600;
  }
  .strong svg {
    margin-block-start: 1.5px;
  }
  .conflict li,
  .conflict ul + p {
    padding-inline-start: 24px;
  }
  .answers {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    padding-block-start: 4px;
  }
  .answers .button {
    flex: 1 1 auto;
  }

  .notice > .grow {
    flex-basis: 130px;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .actions > .button svg {
    color: var(--_muted);
  }

  @container (min-width: 560px) {
    .properties {
      grid-template-columns: repeat(4, minmax(0, 1fr));
    }
  }
  /* The side column: one quiet line for each property, which shows itself as a control when pointed at. */
  @container (min-width: 900px) {
    .properties {
      grid-template-columns: minmax(0, 1fr);
      gap: 2px;
    }
    /* In line with the details below. */
    .property {
      grid-template-columns: 96px minmax(0, 1fr);
      align-items: center;
      gap: 0;
    }
    .field {
      display: contents;
    }
    .select-box {
      margin-inline-end: -8px;
    }
    .select-icon {
      inset-inline-start: 8px;
    }
    .with-icon .select {
      padding-inline: 32px 26px;
    }
    .take {
      position: static;
      grid-column: 2;
      margin-block-end: 2px;
      margin-inline-start: 33px;
    }
    .select {
      min-block-size: 34px;
      border-color: transparent;
      background: transparent;
    }
    .select:hover {
      border-color: transparent;
      background: var(--_hover);
    }
    .select-box > svg {
      opacity: 0;
    }
    .select-box:is(:hover, :focus-within) > svg {
      opacity: 1;
    }
    .after.field-error {
      grid-column: 1 / -1;
      order: 1;
    }
    .actions {
      flex-direction: column;
      align-items: stretch;
      padding-block-start: 12px;
      border-block-start: 1px solid var(--_line);
    }
  }
  @media (hover: none) {
    .select-box > svg {
      opacity: 1;
    }
  }
  @media (forced-colors: active) {
    .select {
      border-color: ButtonText;
    }
  }
`;
