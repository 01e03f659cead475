import { css } from 'lit';

export const styles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
    max-inline-size: 820px;
    padding-block: 4px 16px;
  }
  .back {
    margin-block-end: -8px;
  }
  .intro {
    display: grid;
    gap: 4px;
  }
  h2 {
    font-size: var(--_size-xl);
    letter-spacing: -0.01em;
  }
  h2:focus,
  h3:focus {
    outline: none;
  }
  .mails {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
  }
  .mail {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
    padding: 16px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    scroll-margin-block: 16px;
  }
  .mail:has(h3:focus-visible) {
    outline: var(--_focus);
  }
  .head {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: 4px 16px;
  }
  .head time {
    flex: none;
  }
  h3 {
    font-size: var(--_size);
  }
  .sender {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 10px;
    overflow-wrap: anywhere;
  }
  .name {
    font-weight: 500;
  }
  .tone-bad {
    --_tone: var(--_danger);
    --_tone-soft: var(--_danger-soft);
  }
  .reason {
    display: grid;
    grid-template-columns: 16px minmax(0, 1fr);
    gap: 6px;
    color: var(--_waiting);
    line-height: 1.55;
  }
  .reason svg {
    margin-block-start: 2px;
  }
  .about {
    color: var(--_muted);
  }
  .link {
    padding: 0;
    border: 0;
    background: none;
    color: var(--_accent);
    text-decoration: underline;
    text-underline-offset: 2px;
    cursor: pointer;
  }
  .words {
    padding: 10px 12px;
    border-radius: var(--_radius-control);
    background: var(--_surface);
    line-height: 1.5;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .words.folded {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 6;
    overflow: hidden;
    /* The padding would show a part of the next line. */
    border-block-end: 10px solid var(--_surface);
    padding-block-end: 0;
  }
  .more {
    justify-self: start;
    min-block-size: 28px;
    padding-inline: 8px 6px;
    margin-block-start: -4px;
    gap: 2px;
    color: var(--_muted);
    font-size: var(--_size-s);
  }
  .files {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 14px;
    color: var(--_muted);
  }
  .files li {
    display: flex;
    align-items: center;
    gap: 4px;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .files svg {
    inline-size: 14px;
    block-size: 14px;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-block-start: 4px;
  }
  .actions .danger-quiet {
    margin-inline-start: auto;
    border-color: transparent;
  }
  .next {
    justify-self: center;
  }

  .empty {
    display: grid;
    justify-items: center;
    gap: 6px;
    padding: 56px 24px;
    border: 1px dashed var(--_line);
    border-radius: calc(var(--_radius) + 2px);
    text-align: center;
  }
  .emblem {
    display: grid;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    margin-block-end: 8px;
    border-radius: 50%;
    background: var(--_accent-soft);
    color: var(--_accent);
  }
  .emblem svg {
    inline-size: 20px;
    block-size: 20px;
  }
  .empty h3 {
    font-size: var(--_size-l);
  }
  .title-line {
    inline-size: 46%;
    block-size: 16px;
  }
  .sender-line {
    inline-size: 32%;
    block-size: 12px;
  }
  .text-box {
    block-size: 84px;
  }
  .button-line {
    inline-size: 180px;
    block-size: 34px;
  }
  @container (max-width: 559px) {
    .mail {
      padding: 14px 12px;
    }
    .actions .button {
      flex: 1 1 auto;
    }
    .actions .danger-quiet {
      margin-inline-start: 0;
    }
  }
`;
