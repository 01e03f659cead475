import { html, type TemplateResult } from 'lit';
import type { Text } from '../../text/text.ts';

/** Lengths of the gray bars, so that they look like subjects and not like stairs. */
const SUBJECT_WIDTHS = ['w5', 'w3', 'w6', 'w4', 'w2', 'w5'];

/** Rows of the size of tickets, while none is here. */
export function skeletonRows(text: Text): TemplateResult {
  return html`<div class="rows skeletons" aria-busy="true">
    <p class="sr">${text.t('list.more.busy')}</p>
    ${SUBJECT_WIDTHS.map(
      (width) =>
        html`<div class="card" aria-hidden="true">
          <div class="headline"><span class="skeleton line ${width}"></span></div>
          <div class="meta"><span class="skeleton line small w3"></span></div>
          <span class="priority"><span class="skeleton line small"></span></span>
          <span class="state"><span class="skeleton pill"></span></span>
          <span class="when"><span class="skeleton line small"></span></span>
        </div>`,
    )}
  </div>`;
}
