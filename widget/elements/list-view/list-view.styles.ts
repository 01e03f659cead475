import { css } from 'lit';

export const styles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
  }
  support-center-ticket-list {
    margin-block-start: -4px;
  }
`;
