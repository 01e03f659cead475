import { css } from 'lit';

export const styles = css`
  form {
    display: grid;
    gap: 20px;
    max-inline-size: 720px;
    padding-block: 4px 24px;
  }
  .back {
    margin-block-end: -8px;
  }
  h2 {
    font-size: var(--_size-xl);
    letter-spacing: -0.01em;
  }
  .choices {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: 20px 12px;
  }
  .choices > :nth-child(3) {
    grid-column: 1 / -1;
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
  footer {
    display: grid;
    gap: 12px;
    padding-block-start: 16px;
    border-block-start: 1px solid var(--_line);
  }
  .actions {
    display: flex;
    align-items: center;
    gap: 8px;
    justify-content: flex-end;
  }
  .progress {
    display: flex;
    align-items: center;
    gap: 8px;
    margin-inline-end: auto;
    min-inline-size: 0;
    color: var(--_muted);
    font-size: var(--_size-s);
    overflow-wrap: anywhere;
  }
  aside {
    display: none;
    gap: 12px;
    margin-block-start: 79px;
    padding: 16px;
    border-radius: var(--_radius);
    background: var(--_surface);
    font-size: var(--_size-s);
  }
  h3 {
    font-size: inherit;
  }
  aside ul {
    display: grid;
    gap: 10px;
    color: var(--_muted);
    line-height: 1.5;
  }
  aside li {
    display: flex;
    gap: 10px;
  }
  aside svg {
    margin-block-start: 2px;
  }
  @container (min-width: 560px) {
    .choices {
      grid-template-columns: repeat(auto-fit, minmax(140px, 1fr));
      column-gap: 16px;
    }
    .choices > :nth-child(3) {
      grid-column: auto;
    }
  }
  @container (min-width: 1000px) {
    :host {
      display: grid;
      grid-template-columns: minmax(0, 720px) 260px;
      gap: 48px;
      align-items: start;
    }
    aside {
      display: grid;
    }
  }
  @container (max-width: 559.9px) {
    footer {
      position: sticky;
      inset-block-end: 0;
      z-index: 1;
      gap: 8px;
      padding-block: 10px max(12px, env(safe-area-inset-bottom));
      background: var(--_ground);
    }
    /* Not below the bar at the bottom when the focus goes there. */
    :is(.input, .select, .textarea, support-center-attachment-picker) {
      scroll-margin-block: 32px 140px;
    }
    .actions {
      flex-wrap: wrap;
    }
    .actions .button {
      flex: 1;
      min-block-size: 44px;
    }
    .progress {
      flex: 1 0 100%;
    }
  }
  /* A window as low as this has no room for what stays. */
  @media (max-height: 479px) {
    footer {
      position: static;
    }
  }
`;
