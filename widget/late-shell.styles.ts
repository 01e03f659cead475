import { css } from 'lit';

/** The frame once the list is there, and what stands in place of the views when something is in the way. */
export const lateShellStyles = css`
  /* The page behind may be of the other scheme. */
  :host([theme='light']) .base,
  :host([theme='dark']) .base {
    background: var(--_ground);
  }
  .notice.offline {
    flex-wrap: nowrap;
    color: var(--_note);
    background: var(--_note-soft);
  }
  .panel {
    display: grid;
    justify-items: center;
    gap: calc(var(--_space) * 3);
    padding: calc(var(--_space) * 12) calc(var(--_space) * 4);
    text-align: center;
  }
  .panel p {
    max-inline-size: 46ch;
    text-wrap: balance;
    overflow-wrap: anywhere;
  }
`;
