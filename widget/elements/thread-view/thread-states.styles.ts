import { css } from 'lit';

/** What `thread-states.ts` renders. */
export const stateStyles = css`
  .waiting {
    display: grid;
    gap: 12px;
  }
  .waiting-message {
    display: grid;
    grid-template-columns: 32px minmax(0, 1fr);
    gap: 12px;
  }
  .face {
    inline-size: 32px;
    block-size: 32px;
    border-radius: 50%;
  }
  .waiting-bubble {
    display: grid;
    gap: 10px;
    padding: 14px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
  }
  .waiting-bubble .skeleton {
    block-size: 10px;
  }
  .w30 {
    inline-size: 30%;
  }
  .w45 {
    inline-size: 45%;
  }
  .w80 {
    inline-size: 80%;
  }
  .w90 {
    inline-size: 90%;
  }
  .side-line {
    block-size: 12px;
    margin-block: 4px;
  }
  .title-line {
    inline-size: min(360px, 80%);
    block-size: 26px;
  }
  .number-line {
    inline-size: 160px;
    block-size: 14px;
    margin-block: 7px;
  }
  .failed {
    display: grid;
    justify-items: center;
    gap: 8px;
    padding: 64px 16px;
    text-align: center;
  }
  .failed-icon {
    display: grid;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    margin-block-end: 4px;
    border-radius: 50%;
    background: var(--_surface);
    color: var(--_muted);
  }
  .failed-icon svg {
    inline-size: 20px;
    block-size: 20px;
  }
  .failed-what {
    max-inline-size: 40ch;
    font-size: var(--_size-l);
  }
  .failed .button {
    margin-block-start: 8px;
  }
  @container (max-width: 559px) {
    .number-line {
      margin-block-end: 35px;
    }
    .waiting-message {
      grid-template-columns: minmax(0, 1fr);
    }
    .face {
      display: none;
    }
  }
`;
