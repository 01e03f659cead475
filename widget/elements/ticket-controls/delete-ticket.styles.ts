import { css } from 'lit';

export const styles = css`
  :host {
    display: grid;
  }
  .notice {
    margin-block-start: 12px;
  }
`;
