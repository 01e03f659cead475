import { html, nothing, type TemplateResult } from 'lit';
import { failureText } from '../../text/failure.ts';
import type { Text } from '../../text/text.ts';
import { icons } from '../icons.ts';
import { moreIcons } from '../more-icons.ts';

/** `waiting`: submitted, while files are still on their way. */
export type FormPhase = 'editing' | 'waiting' | 'sending';

export interface FooterView {
  phase: FormPhase;
  failure: Error | null;
  /** Of who asks; where the answers go. */
  email: string | undefined;
  text: Text;
  cancel: () => void;
}

/** What ends the form: why it was not sent, where the answer goes, the buttons. */
export function formFooter({ phase, failure, email, text, cancel }: FooterView): TemplateResult {
  const isSending = phase === 'sending';
  return html`<footer>
    ${
      failure
        ? html`<div class="notice error" part="error" role="alert">
            ${icons.alert}
            <span class="grow">${failureText(text, failure)} ${text.t('form.failed')}</span>
          </div>`
        : nothing
    }
    <div class="actions">
      <p class="progress">
        ${
          phase === 'waiting'
            ? html`<span class="spinner"></span>${text.t('form.waiting-files')}`
            : email
              ? text.t('form.reply-to', { email })
              : nothing
        }
      </p>
      <button type="button" class="button" part="button" @click=${cancel}>${text.t('action.cancel')}</button>
      <button
        type="submit"
        class="button primary"
        part="button button-primary"
        aria-disabled=${phase === 'editing' ? nothing : 'true'}
      >
        ${isSending ? html`<span class="spinner"></span>${text.t('form.submitting')}` : text.t('form.submit')}
      </button>
    </div>
  </footer>`;
}

/** Beside the form where there is room. */
export function tips(text: Text): TemplateResult {
  const lines = [
    { icon: icons.chat, key: 'form.tips.one' },
    { icon: moreIcons.clip, key: 'form.tips.screenshot' },
    { icon: moreIcons.lock, key: 'form.tips.secrets' },
  ] as const;
  return html`<aside aria-labelledby="tips">
    <h3 id="tips">${text.t('form.tips')}</h3>
    <ul role="list">
      ${lines.map(({ icon, key }) => html`<li>${icon}<span>${text.t(key)}</span></li>`)}
    </ul>
  </aside>`;
}
