import { html, nothing, type TemplateResult } from 'lit';
import { plusIcon } from './elements/frame-icons.ts';
import { restOfList } from './elements/ticket-list/late-list.ts';
import type { Phase, Route, SupportStore } from './state.ts';
import type { Text } from './text/text.ts';

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
    ${store.online.value ? nothing : restOfList.value && restOfList.value.renderOffline(text)}
    ${renderPhase(shell, store.phase.value)}
    <slot name="footer"></slot>
  </div>`;
}

/** What stands in place of the views when something is in the way comes with the rest that is not there at first. */
function renderPhase(shell: Shell, phase: Phase): TemplateResult {
  const { store, text } = shell;
  const { name } = phase;
  const isOpen = name === 'ready' || name === 'starting';
  if (isOpen && !shell.viewFailed) return renderCurrent(shell, name === 'starting');
  const { value: late } = restOfList;
  const retry = isOpen ? shell.retryView : (): void => void store.refresh().catch(() => undefined);
  if (late && text.has('app.signed-out')) return late.renderTrouble(text, phase, retry);
  return late === false ? renderBare(shell, retry) : renderCurrent(shell, true);
}

/** While it starts, the list stands there without its tickets already, out of reach: nothing jumps later. */
function renderCurrent(shell: Shell, starting: boolean): TemplateResult {
  if (starting && shell.hasFallback) return html`<slot></slot>`;
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
            ${shell.viewReady && restOfList.value ? restOfList.value.renderContent(route) : renderLoading(shell)}
          </section>`
    }
  `;
}

function renderHeader({ store, text }: Shell): TemplateResult {
  const { manageSettings, manageTickets } = store.session.value?.permissions ?? {};
  return html`
    <header class="header" part="header">
      <h2 class="title" part="title">${text.t('app.title')}</h2>
      ${manageTickets ? html`<support-center-quarantine-link></support-center-quarantine-link>` : nothing}
      ${restOfList.value && manageSettings ? restOfList.value.renderSettingsButton(store, text) : nothing}
      <button
        class="button primary"
        part="button button-primary"
        @click=${() => store.navigate({ view: 'new' })}
      >
        ${plusIcon}<span class="word">${text.t('action.create')}</span>
      </button>
    </header>
  `;
}

/** Where the code that says more could not be loaded either. */
function renderBare({ text }: Shell, retry: () => void): TemplateResult {
  return html`<div part="error" role="alert">
    ${text.t('app.failed')}
    <button class="button" part="button" @click=${retry}>${text.t('action.retry')}</button>
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
