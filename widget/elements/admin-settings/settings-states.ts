import { html, nothing, type TemplateResult } from 'lit';
import { failureText } from '../../text/failure.ts';
import type { Text } from '../../text/text.ts';
import { icons } from '../icons.ts';

/**
 * @param theirs what another admin changed, in words; empty when it is only known that they saved
 * @param useTheirs drops the own changes
 */
export function conflictNotice(
  theirs: readonly string[],
  text: Text,
  useTheirs: (event: Event) => void,
): TemplateResult {
  return html`<div class="conflict" role="alert">
    <p class="strong">${icons.alert}<span>${text.t('settings.conflict')}</span></p>
    ${
      theirs.length > 0
        ? html`<p>${text.t('settings.conflict.theirs')}</p>
            <ul>
              ${theirs.map((change) => html`<li>${change}</li>`)}
            </ul>
            <p>${text.t('settings.conflict.hint')}</p>`
        : nothing
    }
    <button type="button" class="button" part="button" @click=${useTheirs}>
      ${text.t('settings.reload')}
    </button>
  </div>`;
}

export function loadFailed(error: unknown, text: Text, retry: (event: Event) => void): TemplateResult {
  return html`<div class="notice error" part="error" role="alert">
    ${icons.alert}
    <span class="grow">${text.t('settings.load-failed')} ${failureText(text, error)}</span>
    <button type="button" class="button" part="button" @click=${retry}>${text.t('action.retry')}</button>
  </div>`;
}

/** The beginning of what comes, in its size. */
export function settingsSkeleton(text: Text): TemplateResult {
  const line = html`<span class="skeleton"></span><span class="skeleton box"></span>`;
  return html`<div aria-busy="true">
    <span class="sr">${text.t('settings.loading')}</span>
    ${[2, 3, 2].map(
      (lines) =>
        html`<section aria-hidden="true">
          <div class="intro"><span class="skeleton title"></span><span class="skeleton"></span></div>
          <div class="content">${Array.from({ length: lines }, () => line)}</div>
        </section>`,
    )}
  </div>`;
}
