import { css } from 'lit';

export const styles = css`
  :host {
    display: grid;
    gap: 8px;
    min-inline-size: 0;
  }
  .filters {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }

  .search {
    position: relative;
    flex: 1 1 240px;
    min-inline-size: 0;
  }
  .search > svg {
    position: absolute;
    inset-inline-start: 11px;
    inset-block-start: calc(50% - 8px);
    color: var(--_muted);
    pointer-events: none;
  }
  .search .input {
    block-size: 100%;
    padding-inline: 34px;
    appearance: none;
    text-overflow: ellipsis;
  }
  .search .input::-webkit-search-cancel-button {
    display: none;
  }
  .search .button {
    position: absolute;
    inset-block-start: 50%;
    inset-inline-end: 5px;
    translate: 0 -50%;
    inline-size: 26px;
    min-block-size: 26px;
    color: var(--_muted);
  }

  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    min-inline-size: 0;
  }
  .choice {
    position: relative;
    display: flex;
    align-items: stretch;
    min-inline-size: 0;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-control);
    background: var(--_ground);
    transition:
      border-color var(--_speed) ease-out,
      background-color var(--_speed) ease-out;
  }
  .choice label {
    display: flex;
    align-items: center;
    flex: none;
    padding-inline-start: 10px;
    color: var(--_muted);
    cursor: pointer;
    user-select: none;
  }
  .choice .select {
    inline-size: auto;
    max-inline-size: 190px;
    field-sizing: content;
    min-block-size: 34px;
    padding-block: 5px;
    padding-inline: 6px 28px;
    border: 0;
    background: none;
    font-weight: 500;
    outline: none;
  }
  .choice > svg {
    position: absolute;
    inset-inline-end: 8px;
    inset-block-start: calc(50% - 8px);
    color: var(--_muted);
    pointer-events: none;
  }
  .choice:hover {
    border-color: var(--_text);
    background: var(--_hover);
  }
  .choice:has(:focus-visible) {
    outline: var(--_focus);
    border-color: var(--_accent);
  }
  .choice.set {
    border-color: var(--_accent);
    background: var(--_accent-soft);
  }
  .choice.set :is(label, .select),
  .choice.set > svg {
    color: var(--_accent);
  }

  .summary {
    display: flex;
    align-items: center;
    gap: 4px;
    min-block-size: 32px;
    color: var(--_muted);
    font-size: var(--_size-s);
  }
  .results {
    min-inline-size: 4ch;
    margin-inline-end: 8px;
  }
  .clear {
    min-block-size: 28px;
    padding-inline: 6px 10px;
    color: var(--_accent);
    font-size: inherit;
  }
  .choice.for-sort {
    margin-inline-start: auto;
    margin-inline-end: -8px;
    border-color: transparent;
    background: none;
    font-size: inherit;
  }
  .for-sort .select {
    min-block-size: 28px;
    margin-block: -6px;
    padding-block: 2px;
  }
  .choice.for-sort:hover {
    border-color: transparent;
    background: var(--_hover);
  }

  .fold {
    display: none;
    min-block-size: 36px;
  }
  @container (max-width: 559px) {
    .search {
      flex-basis: 150px;
    }
    .fold {
      display: inline-flex;
    }
    .fold[aria-expanded='true'] {
      background: var(--_hover);
    }
    .choices {
      flex: 1 0 100%;
      padding: 12px;
      border-radius: var(--_radius);
      background: var(--_surface);
    }
    .choices.folded {
      display: none;
    }
    .choices .choice {
      display: grid;
      flex: 1 0 130px;
      gap: 4px;
      border: 0;
      outline-offset: 2px;
      background: none;
    }
    .choices label {
      padding: 0;
      font-size: var(--_size-s);
      font-weight: 500;
    }
    .choices .select {
      inline-size: 100%;
      max-inline-size: none;
      field-sizing: fixed;
      min-block-size: 36px;
      padding-inline-start: 10px;
      border: 1px solid var(--_border);
      background: var(--_ground);
    }
    .choices .choice.set {
      background: none;
    }
    .choices .choice.set .select {
      border-color: var(--_accent);
      background: var(--_accent-soft);
    }
    .choices .choice > svg {
      inset-block: auto 10px;
    }
  }
  @media (pointer: coarse) {
    .fold,
    .choice .select {
      min-block-size: 44px;
    }
    .choices .choice > svg {
      inset-block-end: 14px;
    }
    .search .button {
      inline-size: 40px;
      min-block-size: 40px;
      inset-inline-end: 2px;
    }
    .clear {
      min-block-size: 40px;
    }
  }
`;
