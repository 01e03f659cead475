import { html, nothing, type TemplateResult } from 'lit';
import { icons } from './elements/icons.ts';
import type { Phase, Route, SupportStore } from './state.ts';
import { failureText } from './text/failure.ts';
import type { Text, TextKey } from './text/text.ts';

/** What stands in place of the views when something is in the way. */
export function renderTrouble(text: Text, phase: Phase, retry: () => void): TemplateResult {
  switch (phase.name) {
    case 'external':
      return renderExternal(text, phase.url);
    case 'signed-out':
      return renderError(text, 'app.signed-out', text.t('app.signed-out.hint'), phase.error && retry);
    case 'failed':
      return renderError(text, 'app.failed', failureText(text, phase.error), retry);
    default:
      return renderError(text, 'app.failed', text.t('failure.unreachable'), retry);
  }
}

export function renderOffline(text: Text): TemplateResult {
  return html`<p class="notice offline" part="error" role="status">
    ${icons.alert} ${text.t('app.offline')}
  </p>`;
}

export function renderSettingsButton(store: SupportStore, text: Text): TemplateResult {
  return html`<button class="button quiet" part="button" @click=${() => store.navigate({ view: 'settings' })}>
    ${icons.gear}<span class="word">${text.t('action.settings')}</span>
  </button>`;
}

/** What comes in front of the list. */
export function renderContent(route: Route): TemplateResult | typeof nothing {
  switch (route.view) {
    case 'new':
      return html`<support-center-ticket-form class="content"></support-center-ticket-form>`;
    case 'ticket':
      return html`<support-center-thread-view class="content"></support-center-thread-view>`;
    case 'settings':
      return html`<support-center-admin-settings class="content"></support-center-admin-settings>`;
    case 'quarantine':
      return html`<support-center-quarantine class="content"></support-center-quarantine>`;
    default:
      return nothing;
  }
}

function renderExternal(text: Text, url: string): TemplateResult {
  const link = html`<a
    class="button primary"
    part="button button-primary"
    href=${url}
    target="_blank"
    rel="noopener"
    >${text.t('app.external')} ${icons.external}<span class="sr">(${text.t('link.new-tab')})</span></a
  >`;
  return renderPanel(text.t('app.title'), text.t('app.external.hint'), link);
}

/** @param retry null: there is nothing to try */
function renderError(text: Text, title: TextKey, hint: string, retry: (() => void) | null): TemplateResult {
  const button = html`<button class="button" part="button" @click=${retry}>
    ${icons.retry} ${text.t('action.retry')}
  </button>`;
  return html`<div part="error" role="alert">
    ${renderPanel(text.t(title), hint, retry ? button : nothing)}
  </div>`;
}

function renderPanel(title: string, hint: string, action: TemplateResult | typeof nothing): TemplateResult {
  return html`<div class="panel">
    <h2 class="title" part="title">${title}</h2>
    <p class="muted">${hint}</p>
    ${action}
  </div>`;
}
