import { css } from 'lit';

/** One ticket at every width. */
export const card = css`
  .card {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 84px 128px 92px;
    grid-template-areas:
      'headline priority state time'
      'meta     priority state time';
    align-items: center;
    column-gap: 16px;
    row-gap: 2px;
    min-block-size: var(--_row);
    padding-block: calc(var(--_space) * 2);
    padding-inline: 26px 16px;
    cursor: pointer;
    content-visibility: auto;
    contain-intrinsic-block-size: auto 57px;
  }
  .for-agent .card {
    grid-template-columns: minmax(0, 1fr) 84px 148px 128px 92px;
    grid-template-areas:
      'headline priority assignee state time'
      'meta     priority assignee state time';
  }
  .card + .card {
    border-block-start: 1px solid var(--_line);
  }

  .headline {
    grid-area: headline;
    position: relative;
    min-inline-size: 0;
  }
  .subject {
    display: block;
    inline-size: 100%;
    padding: 0;
    border: 0;
    background: none;
    color: var(--_text);
    font-weight: 500;
    line-height: 1.4;
    /* A subject in another script still begins where the column begins. */
    text-align: -webkit-match-parent;
    text-align: match-parent;
    text-decoration: none;
    cursor: inherit;
    user-select: text;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .unread .subject {
    font-weight: 700;
  }
  .dot {
    position: absolute;
    inset-inline-start: -16px;
    inset-block-start: calc(0.7em - 4px);
    inline-size: 8px;
    block-size: 8px;
    border-radius: 50%;
    background: var(--_accent);
  }

  .meta {
    grid-area: meta;
    display: flex;
    column-gap: 15px;
    min-inline-size: 0;
    color: var(--_muted);
    font-size: var(--_size-s);
    line-height: 1.4;
    white-space: nowrap;
    overflow: clip;
  }
  .meta > * {
    position: relative;
    display: flex;
    flex: none;
    max-inline-size: 100%;
  }
  /* Before a word at the start of a line it falls outside, and is cut off. */
  .meta > ::before {
    content: '·' / '';
    position: absolute;
    inset-inline-start: -9px;
  }
  .meta > .app,
  .meta > .requester {
    flex: 0 1 auto;
    min-inline-size: 4ch;
  }
  /* Some letters reach out of their box: room for them before the cut. */
  .meta bdi {
    min-inline-size: 0;
    margin-inline: -2px;
    padding-inline: 2px;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .requester svg {
    inline-size: 13px;
    block-size: 13px;
    margin-block-start: 2px;
    margin-inline-end: 3px;
  }
  .priority {
    grid-area: priority;
    font-size: var(--_size-s);
  }
  .state {
    grid-area: state;
    display: flex;
    min-inline-size: 0;
  }
  .chip {
    max-inline-size: 100%;
  }
  .chip > span {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  time,
  .when {
    grid-area: time;
    justify-self: end;
    color: var(--_muted);
    font-size: var(--_size-s);
    white-space: nowrap;
  }

  .assignee {
    grid-area: assignee;
    display: flex;
    align-items: center;
    gap: 7px;
    min-inline-size: 0;
    font-size: var(--_size-s);
  }
  .who {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .avatar {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 22px;
    block-size: 22px;
    border-radius: 50%;
    background: var(--_accent-soft);
    color: var(--_accent);
    font-size: 10px;
    font-weight: 600;
    letter-spacing: 0.02em;
    line-height: 1;
  }
  .avatar svg {
    inline-size: 12px;
    block-size: 12px;
  }
  .nobody {
    color: var(--_muted);
  }
  .nobody .avatar {
    border: 1px dashed var(--_border);
    background: none;
    color: inherit;
  }

  /* Tablets: the assignee's picture is enough. */
  @container (max-width: 899px) {
    .card {
      column-gap: 12px;
    }
    .for-agent .card {
      grid-template-columns: minmax(0, 1fr) 76px 22px 126px 84px;
    }
    .who {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }
  /* Side columns: two lines, the date above, the rest below. */
  @container (max-width: 699px) {
    .card {
      grid-template-columns: minmax(0, 1fr) 76px 122px;
      grid-template-areas:
        'headline priority time'
        'meta     meta     state';
      row-gap: 5px;
      contain-intrinsic-block-size: auto 65px;
    }
    .for-agent .card {
      grid-template-columns: minmax(0, 1fr) 76px 122px 22px;
      grid-template-areas:
        'headline priority time  time'
        'meta     meta     state assignee';
    }
  }
  /* Phones: what does not fit beside the number gets a line of its own. */
  @container (max-width: 559px) {
    .card {
      grid-template-columns: auto minmax(0, 1fr) auto;
      grid-template-areas:
        'headline headline time'
        'meta     meta     meta'
        'state    priority priority';
      align-items: start;
      row-gap: 6px;
      padding-block: 12px;
      contain-intrinsic-block-size: auto 98px;
    }
    .for-agent .card {
      grid-template-columns: auto minmax(0, 1fr) auto;
      grid-template-areas:
        'headline headline time'
        'meta     meta     meta'
        'state    priority assignee';
    }
    .state,
    .priority,
    .assignee {
      align-self: center;
    }
    .meta {
      flex-wrap: wrap;
    }
    .assignee {
      justify-self: end;
    }
    .subject {
      display: -webkit-box;
      -webkit-box-orient: vertical;
      -webkit-line-clamp: 3;
      line-clamp: 3;
      white-space: normal;
      overflow-wrap: anywhere;
    }
    time {
      line-height: 1.5;
    }
  }
`;
