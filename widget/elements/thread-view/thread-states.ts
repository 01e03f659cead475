import { html, type TemplateResult } from 'lit';
import type { ApiError } from '../../api-error.ts';
import { failureText } from '../../text/failure.ts';
import type { Text } from '../../text/text.ts';
import { icons } from '../icons.ts';

/** Boxes of the size of what comes: the lines of each message, by the percentage of its class. */
const LINES = [
  [90, 80, 45],
  [80, 45],
  [90, 90, 80, 30],
];

/** The head of a ticket that is not known yet. */
export function headSkeleton(text: Text): TemplateResult {
  return html`<div class="head">
    <span class="sr">${text.t('thread.loading')}</span>
    <span class="skeleton title-line"></span>
    <span class="skeleton number-line"></span>
  </div>`;
}

export function sideSkeleton(): TemplateResult {
  return html`<div class="side folded" aria-hidden="true">
    ${[80, 45, 80, 45, 80].map((width) => html`<span class="skeleton side-line w${width}"></span>`)}
  </div>`;
}

export function messagesSkeleton(): TemplateResult {
  return html`<div class="waiting" aria-hidden="true">
    ${LINES.map(
      (widths) =>
        html`<div class="waiting-message">
          <span class="skeleton face"></span>
          <div class="waiting-bubble">
            <span class="skeleton w30"></span>
            ${widths.map((width) => html`<span class="skeleton w${width}"></span>`)}
          </div>
        </div>`,
    )}
  </div>`;
}

/** The ticket could not be loaded, or is not there. */
export function threadFailure(error: ApiError, text: Text, retry: () => void): TemplateResult {
  const isDeleted = error.code === 'deleted';
  const isMissing = isDeleted || error.code === 'not_found';
  const missing = isDeleted ? 'thread.deleted' : 'thread.missing';
  return html`<div class="failed" part="error" role="alert">
    <span class="failed-icon">${isMissing ? icons.search : icons.alert}</span>
    <h2 class="failed-what">${text.t(isMissing ? missing : 'thread.load-failed')}</h2>
    ${
      isMissing
        ? ''
        : html`<p class="muted">${failureText(text, error)}</p>
            <button type="button" class="button" part="button" @click=${retry}>
              ${icons.retry}${text.t('action.retry')}
            </button>`
    }
  </div>`;
}
