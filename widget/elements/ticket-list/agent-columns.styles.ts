import { css } from 'lit';

/** Who asked and who answers, at every width: for agents. After the card's own styles. */
export const agentColumnStyles = css`
  .for-agent .card {
    grid-template-columns: minmax(0, 1fr) 84px 148px 128px 92px;
    grid-template-areas:
      'headline priority assignee state time'
      'meta     priority assignee state time';
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
  .requester svg {
    inline-size: 13px;
    block-size: 13px;
    margin-block-start: 2px;
    margin-inline-end: 3px;
  }
  .meta > .requester {
    flex: 0 1 auto;
    min-inline-size: 4ch;
  }
  /* Tablets: the assignee's picture is enough. */
  @container (max-width: 899px) {
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
  @container (max-width: 699px) {
    .for-agent .card {
      grid-template-columns: minmax(0, 1fr) 76px 58px 22px;
      grid-template-areas:
        'headline priority time  time'
        'meta     state    state assignee';
    }
  }
  @container (max-width: 559px) {
    .for-agent .card {
      grid-template-columns: auto minmax(0, 1fr) auto;
      grid-template-areas:
        'headline headline time'
        'meta     meta     meta'
        'state    priority assignee';
    }
    .assignee {
      align-self: center;
      justify-self: end;
    }
  }
`;
