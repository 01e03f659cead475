import { css } from 'lit';
import { card } from './ticket-card.styles.ts';
import { lateColumns, lateList } from '../../styles/late.ts';
import { skeletons } from './list-states.styles.ts';

const rows = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
  }
  .rows {
    position: relative;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) + 2px);
    background: var(--_ground);
    overflow: clip;
  }
`;

export const styles = [rows, card, lateColumns, skeletons, lateList];
