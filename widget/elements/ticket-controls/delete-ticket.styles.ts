import { css } from 'lit';

export const styles = css`
  :host {
    display: grid;
  }
  @container (min-width: 900px) {
    .button.danger-quiet {
      border-color: transparent;
    }
  }
  .notice {
    margin-block-start: 12px;
  }
`;
