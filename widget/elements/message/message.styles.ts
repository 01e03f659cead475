import { css } from 'lit';

export const styles = css`
  .message {
    display: grid;
    grid-template-columns: 32px minmax(0, 1fr);
    gap: 12px;
    align-items: start;
  }
  .avatar {
    display: grid;
    place-items: center;
    inline-size: 32px;
    block-size: 32px;
    margin-block-start: 4px;
    border-radius: 50%;
    background: var(--_closed-soft);
    color: var(--_closed);
    font-size: 12px;
    font-weight: 600;
    letter-spacing: 0.02em;
    line-height: 1;
  }
  .avatar.agent {
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .bubble {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 6px;
    min-inline-size: 0;
    padding: 10px 14px 12px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_ground);
  }
  .agent .bubble {
    border-color: transparent;
    background: var(--_accent-soft);
  }
  .note .bubble {
    border: 1px dashed var(--_note-line);
    background: var(--_note-soft);
  }
  .note .avatar {
    background: var(--_note-soft);
    color: var(--_note);
    box-shadow: inset 0 0 0 1px var(--_note-line);
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 8px;
    min-block-size: 20px;
    font-size: var(--_size-s);
    line-height: 1.4;
  }
  .author {
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .role,
  .head time {
    color: var(--_muted);
  }
  .head time {
    margin-inline-start: auto;
    white-space: nowrap;
  }
  .tag {
    padding: 0 6px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-chip);
    background: var(--_ground);
    color: var(--_muted);
    font-size: 0.92em;
    line-height: 1.5;
  }
  .note-mark {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    color: var(--_note);
    font-weight: 600;
  }
  .note :is(.role, time) {
    color: var(--_note);
  }
  .note-mark svg,
  .delivery svg {
    inline-size: 14px;
    block-size: 14px;
  }
  .delivery {
    display: flex;
    align-items: center;
    gap: 5px;
    color: var(--_muted);
    font-size: var(--_size-s);
  }
  .delivery.wrong {
    color: var(--_danger);
    font-weight: 500;
  }
  .delivery-reason {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-weight: 400;
  }
  .delivery .link-button {
    flex: none;
    min-block-size: 24px;
    padding: 0 4px;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    text-decoration: underline;
    text-underline-offset: 2px;
    cursor: pointer;
  }
  support-center-attachment-list {
    margin-block-start: 6px;
  }
  @container (max-width: 559px) {
    .message {
      grid-template-columns: minmax(0, 1fr);
    }
    .avatar {
      display: none;
    }
  }
  @media (forced-colors: active) {
    .bubble,
    .note .bubble {
      border-color: CanvasText;
    }
  }
`;
