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
    /* Unlike a background, forced colors show it. */
    border: 4px solid var(--_accent);
    border-radius: 50%;
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
  .meta > .app {
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

  /* Tablets. */
  @container (max-width: 899px) {
    .card {
      column-gap: 12px;
    }
  }
  /* Side columns: two lines, the date above the status. */
  @container (max-width: 699px) {
    .card {
      grid-template-columns: minmax(0, 1fr) 76px 92px;
      grid-template-areas:
        'headline priority time'
        'meta     state    state';
      row-gap: 5px;
      contain-intrinsic-block-size: auto 65px;
    }
    .state {
      justify-content: end;
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
    .state,
    .priority {
      align-self: center;
    }
    .meta {
      flex-wrap: wrap;
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
