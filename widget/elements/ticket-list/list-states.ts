import { html, nothing, type TemplateResult } from 'lit';
import type { ApiError } from '../../api-error.ts';
import { failureText } from '../../text/failure.ts';
import type { Text } from '../../text/text.ts';
import { icons } from '../icons.ts';

/** Nothing could be loaded, and nothing older is here to show. */
export function failedPanel(text: Text, error: ApiError | null, retry: () => void): TemplateResult {
  return html`<div class="panel" part="error">
    <span class="emblem danger">${icons.alert}</span>
    <h3>${text.t('list.failed')}</h3>
    ${error ? html`<p class="muted">${failureText(text, error)}</p>` : nothing}
    <button type="button" class="button" part="button" @click=${retry}>
      ${icons.retry}${text.t('action.retry')}
    </button>
  </div>`;
}

/** The shown tickets are kept; only what was asked for last is missing. */
export function failedNotice(text: Text, error: ApiError | null, retry: () => void): TemplateResult {
  return html`<div class="notice error" part="error">
    ${icons.alert}
    <p class="grow">${text.t('list.failed')} ${error ? failureText(text, error) : nothing}</p>
    <button type="button" class="button" part="button" @click=${retry}>${text.t('action.retry')}</button>
  </div>`;
}

/** There are tickets, but the filters hide all of them. */
export function nothingFound(text: Text, clear: () => void): TemplateResult {
  return html`<div class="panel">
    <span class="emblem">${icons.search}</span>
    <h3>${text.t('list.nothing')}</h3>
    <p class="muted">${text.t('list.nothing.hint')}</p>
    <button type="button" class="button" part="button" @click=${clear}>
      ${text.t('list.nothing.action')}
    </button>
  </div>`;
}

/** Nobody has asked anything yet. */
export function noTicketsYet(text: Text, forAgent: boolean, create: () => void): TemplateResult {
  return html`<div class="panel">
    <span class="emblem">${icons.chat}</span>
    <h3>${text.t(forAgent ? 'list.empty.agent' : 'list.empty')}</h3>
    ${
      forAgent
        ? nothing
        : html`<p class="muted">${text.t('list.empty.hint')}</p>
            <button type="button" class="button" part="button" @click=${create}>
              ${text.t('list.empty.action')}
            </button>`
    }
  </div>`;
}
