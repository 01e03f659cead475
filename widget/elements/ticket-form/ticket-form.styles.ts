import { css } from 'lit';

export const styles = css`
  form {
    display: grid;
    gap: 20px;
    max-inline-size: 720px;
    padding-block: 4px 24px;
  }
  .back {
    justify-self: start;
    min-block-size: 28px;
    padding-inline: 4px 8px;
    margin-inline-start: -6px;
    margin-block-end: -8px;
    color: var(--_muted);
  }
  .back:hover {
    color: var(--_text);
  }
  :host(:dir(rtl)) .back svg {
    scale: -1 1;
  }
  h3 {
    font-size: var(--_size-xl);
    letter-spacing: -0.01em;
  }
  .choices {
    display: grid;
    gap: 20px 16px;
  }
  .textarea {
    min-block-size: 180px;
    max-block-size: 60vh;
    field-sizing: content;
  }
  .notice svg {
    color: var(--_muted);
  }
  .notice.error svg {
    color: inherit;
  }
  .actions {
    display: flex;
    align-items: center;
    gap: 8px;
    justify-content: flex-end;
    padding-block-start: 16px;
    border-block-start: 1px solid var(--_line);
  }
  .progress {
    display: flex;
    align-items: center;
    gap: 8px;
    margin-inline-end: auto;
    color: var(--_muted);
    font-size: var(--_size-s);
  }
  @container (min-width: 560px) {
    .choices {
      grid-template-columns: repeat(auto-fit, minmax(140px, 1fr));
    }
  }
  @container (max-width: 559.9px) {
    .actions {
      position: sticky;
      inset-block-end: 0;
      z-index: 1;
      padding-block: 12px;
      background: var(--_ground);
    }
    .actions .button {
      flex: 1;
      min-block-size: 44px;
    }
    .actions:has(.progress) {
      flex-wrap: wrap;
    }
    .progress {
      flex: 1 0 100%;
    }
  }
`;
