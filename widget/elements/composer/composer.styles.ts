import { css } from 'lit';

export const styles = css`
  form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
    padding: 8px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_ground);
    transition:
      border-color var(--_speed) ease-out,
      background-color var(--_speed) ease-out;
  }
  form:focus-within {
    border-color: var(--_accent);
  }
  form:has(textarea:focus-visible) {
    outline: var(--_focus);
    outline-offset: -1px;
  }
  form:has(support-center-attachment-picker[dragging]) {
    border-style: dashed;
    border-color: var(--_accent);
    background: var(--_accent-soft);
  }
  form.note {
    border: 1px dashed var(--_note-line);
    background: var(--_note-soft);
  }
  form.note:has(textarea:focus-visible) {
    outline-color: var(--_note-line);
  }
  .textarea {
    /* The same with and without focus: a control that moves while it is pressed is not clicked. */
    min-block-size: 68px;
    max-block-size: 40vh;
    padding: 6px 8px;
    border: 0;
    background: none;
    resize: none;
    overflow: auto;
    field-sizing: content;
    line-height: 1.55;
  }
  .textarea:focus-visible {
    outline: none;
  }
  .note .textarea::placeholder {
    color: var(--_note);
  }
  .hint-line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 8px;
    padding: 6px 8px;
    border-radius: var(--_radius-control);
    background: var(--_surface);
    color: var(--_muted);
    font-size: var(--_size-s);
    line-height: 1.4;
  }
  .hint-line svg {
    inline-size: 14px;
    block-size: 14px;
  }
  .grow {
    flex: 1 1 200px;
    min-inline-size: 0;
  }
  .note .hint-line {
    padding-block: 2px;
    background: none;
    color: var(--_note);
  }
  .note strong {
    font-weight: 600;
  }
  .field-error,
  .counter {
    padding-inline: 8px;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 8px;
  }
  .keys {
    margin-inline-start: auto;
    white-space: nowrap;
    opacity: 0;
    transition: opacity var(--_speed) ease-out;
  }
  form:focus-within .keys {
    opacity: 1;
  }
  .note-switch {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-block-size: 34px;
    padding-inline: 10px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-control);
    color: var(--_muted);
    font-size: var(--_size-s);
    font-weight: 500;
    white-space: nowrap;
    cursor: pointer;
    user-select: none;
  }
  .note-switch:hover {
    background: var(--_hover);
    color: var(--_text);
  }
  .note-switch:has(:focus-visible) {
    outline: var(--_focus);
    outline-offset: 2px;
  }
  .note-switch input {
    inline-size: 14px;
    block-size: 14px;
    accent-color: var(--_note);
    outline: none;
    cursor: inherit;
  }
  .note-switch svg {
    inline-size: 14px;
    block-size: 14px;
  }
  .note .note-switch {
    border-color: var(--_note-line);
    background: none;
    color: var(--_note);
  }
  .note .send {
    border-color: var(--_note);
    background: var(--_note);
    color: var(--_note-soft);
  }
  .note .send:hover {
    border-color: var(--_note);
    background: color-mix(in srgb, var(--_note) 88%, var(--_note-soft));
  }
  .after-sending .select {
    min-block-size: 34px;
    padding-inline-start: 32px;
    border-color: var(--_line);
    background: none;
    font-size: var(--_size-s);
    font-weight: 500;
    text-overflow: ellipsis;
  }
  .after-sending .select-icon {
    position: absolute;
    inset-inline-start: 10px;
    inset-block: 0;
    display: grid;
    place-items: center;
    color: var(--_tone);
    pointer-events: none;
  }
  .after-sending .select-icon svg {
    inline-size: 14px;
    block-size: 14px;
  }
  .send {
    min-inline-size: 104px;
  }
  .notice .button {
    min-block-size: 30px;
  }
  .expired {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 12px;
    padding: 14px 16px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  .lock {
    display: grid;
    color: var(--_muted);
  }
  .presence {
    display: flex;
    align-items: center;
    gap: 6px;
    padding: 8px 12px 0;
    color: var(--_muted);
    font-size: var(--_size-s);
  }
  .presence .avatar {
    display: grid;
    place-items: center;
    inline-size: 22px;
    block-size: 22px;
    border-radius: 50%;
    background: var(--_surface);
    box-shadow: 0 0 0 1px var(--_line);
    font-size: 10px;
    font-weight: 600;
  }
  @container (max-width: 559px) {
    .keys {
      display: none;
    }
    .note-switch {
      padding-inline: 8px;
    }
    .note-switch svg,
    .after-sending .select-icon {
      display: none;
    }
    .after-sending {
      flex: 1 1 0;
    }
    .after-sending .select {
      padding-inline: 10px 26px;
    }
    .send {
      flex: 1 1 100%;
    }
    .note .send {
      flex-basis: 0;
    }
    .hint-line .button,
    .expired .button {
      inline-size: 100%;
    }
    /* One line, until it is used: a phone has little room to read in. */
    .resting {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px;
      padding: 4px;
    }
    .resting .hint-line {
      flex: 1 0 100%;
    }
    .resting .textarea {
      flex: 1 1 0;
      inline-size: 0;
      min-block-size: 36px;
      line-height: 22px;
    }
    .resting .textarea::placeholder {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .resting support-center-attachment-picker,
    .resting .send {
      flex: none;
      min-inline-size: 0;
    }
    /* Still reached by the keyboard, which shows them. */
    .resting :is(.note-switch, .after-sending) {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }
  @media (hover: none) {
    .keys {
      display: none;
    }
  }
  @media (pointer: coarse) {
    .resting .textarea {
      min-block-size: 44px;
      padding-block: 11px;
    }
  }
`;
