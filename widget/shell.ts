import { html, nothing, type TemplateResult } from 'lit';
import { frameIcons } from './elements/frame-icons.ts';
import type { Phase, Route, SupportStore } from './state.ts';
import { failureText } from './text/failure.ts';
import type { Text, TextKey } from './text/text.ts';

/** What the frame around the views shows. */
export interface Shell {
  store: SupportStore;
  text: Text;
  /** The code and the words of the view are here. */
  viewReady: boolean;
  /** The code of the view could not be loaded. */
  viewFailed: boolean;
  toastsReady: boolean;
  /** The host gave content to show until the element is ready. */
  hasFallback: boolean;
  /** null in page layout, and until its code is here. */
  launcher: { open: boolean; toggle: () => void } | null;
  retryView: () => void;
}

export function renderShell(shell: Shell): TemplateResult | typeof nothing {
  const { store, launcher } = shell;
  const phase = store.phase.value;
  if (phase.name === 'off') return nothing;
  // What stands beside an open panel is out of reach, and not heard.
  const [inside, beside] = launcher?.open ? [renderNews(shell), nothing] : [nothing, renderNews(shell)];
  return html`<div class="words" lang=${shell.text.locale} dir=${shell.text.direction}>
    ${
      launcher
        ? html`<support-center-launcher ?open=${launcher.open} @launcher-toggle=${launcher.toggle}>
            ${renderBase(shell)}${inside}
          </support-center-launcher>`
        : renderBase(shell)
    }
    ${beside}
  </div>`;
}

/** What is said by itself. */
function renderNews({ store, toastsReady }: Shell): TemplateResult {
  return html`${toastsReady ? html`<support-center-toasts></support-center-toasts>` : nothing}
    <div class="sr" role="status" aria-live="polite">${store.announcement.value}</div>`;
}

function renderBase(shell: Shell): TemplateResult {
  const { store, text } = shell;
  return html`<div class="base" part="base">
    <slot name="header"></slot>
    ${store.online.value ? nothing : renderOffline(text)} ${renderPhase(shell, store.phase.value)}
    <slot name="footer"></slot>
  </div>`;
}

function renderPhase(shell: Shell, phase: Phase): TemplateResult {
  const { store, text } = shell;
  const retry = (): void => void store.retry().catch(() => undefined);
  switch (phase.name) {
    case 'external':
      return renderExternal(text, phase.url);
    case 'signed-out':
      return renderTrouble(text, 'app.signed-out', text.t('app.signed-out.hint'), phase.error && retry);
    case 'failed':
      return renderTrouble(text, 'app.failed', failureText(text, phase.error), retry);
    case 'ready':
    case 'starting':
      return renderCurrent(shell, phase.name === 'starting');
    default:
      return html``;
  }
}

/** While it starts, the list stands there without its tickets already, out of reach: nothing jumps later. */
function renderCurrent(shell: Shell, starting: boolean): TemplateResult {
  if (starting && shell.hasFallback) return html`<slot></slot>`;
  if (shell.viewFailed) {
    return renderTrouble(shell.text, 'app.failed', shell.text.t('failure.unreachable'), shell.retryView);
  }
  const { route } = shell.store;
  const isList = route.value.view === 'list';
  if (isList ? !shell.viewReady : starting) return renderLoading(shell);
  return renderView(shell, route.value, starting);
}

/** The list stays behind the other views, so that the way back leads to where it was left. */
function renderView(shell: Shell, route: Route, starting: boolean): TemplateResult {
  return html`
    ${starting ? html`<p class="sr" role="status">${shell.text.t('app.loading')}</p>` : nothing}
    <section class="view" tabindex="-1" ?hidden=${route.view !== 'list'} ?inert=${starting}>
      ${renderHeader(shell)}
      <support-center-list-view class="content">
        <slot name="empty" slot="empty"></slot>
      </support-center-list-view>
    </section>
    ${
      route.view === 'list'
        ? nothing
        : html`<section class="view" tabindex="-1">
            ${shell.viewReady ? renderContent(route) : renderLoading(shell)}
          </section>`
    }
  `;
}

function renderContent(route: Route): TemplateResult | typeof nothing {
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

function renderHeader({ store, text }: Shell): TemplateResult {
  const { manageSettings, manageTickets } = store.session.value?.permissions ?? {};
  return html`
    <header class="header" part="header">
      <h2 class="title" part="title">${text.t('app.title')}</h2>
      ${manageTickets ? html`<support-center-quarantine-link></support-center-quarantine-link>` : nothing}
      ${
        manageSettings
          ? html`<button
              class="button quiet"
              part="button"
              @click=${() => store.navigate({ view: 'settings' })}
            >
              ${frameIcons.gear}<span class="word">${text.t('action.settings')}</span>
            </button>`
          : nothing
      }
      <button
        class="button primary"
        part="button button-primary"
        @click=${() => store.navigate({ view: 'new' })}
      >
        ${frameIcons.plus}<span class="word">${text.t('action.create')}</span>
      </button>
    </header>
  `;
}

function renderOffline(text: Text): TemplateResult {
  return html`<p class="notice offline" part="error" role="status">
    ${frameIcons.alert} ${text.t('app.offline')}
  </p>`;
}

function renderExternal(text: Text, url: string): TemplateResult {
  const link = html`<a
    class="button primary"
    part="button button-primary"
    href=${url}
    target="_blank"
    rel="noopener"
    >${text.t('app.external')} ${frameIcons.external}<span class="sr">(${text.t('link.new-tab')})</span></a
  >`;
  return renderPanel(text.t('app.title'), text.t('app.external.hint'), link);
}

/** @param retry null: there is nothing to try */
function renderTrouble(text: Text, title: TextKey, hint: string, retry: (() => void) | null): TemplateResult {
  const button = html`<button class="button" part="button" @click=${retry}>
    ${frameIcons.retry} ${text.t('action.retry')}
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

function renderLoading({ text }: Shell): TemplateResult {
  return html`
    <div class="loading" role="status">
      <span class="sr">${text.t('app.loading')}</span>
      <span class="skeleton s-title"></span>
      ${[1, 2, 3].map(() => html`<span class="skeleton s-row"></span>`)}
    </div>
  `;
}
