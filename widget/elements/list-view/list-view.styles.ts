import { css } from 'lit';

export const styles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--_space) * 4);
  }
  /* Nothing moves when they come to life: a row of fields and the line below. */
  support-center-ticket-filters {
    min-block-size: 76px;
  }
  support-center-ticket-filters:not([ready])::before {
    content: '';
    display: block;
    block-size: 36px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-control);
  }
  @media (pointer: coarse) {
    support-center-ticket-filters {
      min-block-size: 86px;
    }
  }
  support-center-ticket-list {
    margin-block-start: -4px;
  }
`;
