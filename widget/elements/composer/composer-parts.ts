import { html, nothing, type TemplateResult } from 'lit';
import { live } from '../live.ts';
import { failureText } from '../../text/failure.ts';
import type { Text } from '../../text/text.ts';
import { icons } from '../icons.ts';
import { moreIcons } from '../more-icons.ts';

/** The limit is spoken of once this share of it is used. */
const NEAR = 0.8;

export interface ReplyBox {
  body: string;
  /** Characters. */
  max: number;
  isNote: boolean;
  problem: string | null;
  readonly: boolean;
  onInput: (body: string) => void;
}

/** Named "Reply" for notes as well: what kind it is, its description says. */
export function replyBox(text: Text, box: ReplyBox): TemplateResult {
  const { body, max, isNote, problem } = box;
  const isNear = body.length > max * NEAR;
  const described = [isNote && 'hint', problem && 'problem', isNear && 'counter'].filter(Boolean);
  return html`<label class="sr" for="reply">${text.t('thread.reply')}</label>
    <textarea
      id="reply"
      class="textarea"
      part="textarea"
      rows="1"
      dir=${body === '' ? nothing : 'auto'}
      placeholder=${text.t(isNote ? 'note.placeholder' : 'thread.reply.placeholder')}
      aria-invalid=${problem ? 'true' : nothing}
      aria-describedby=${described.join(' ') || nothing}
      ?readonly=${box.readonly}
      .value=${live(body)}
      @input=${(event: Event) => box.onInput((event.target as HTMLTextAreaElement).value)}
    ></textarea>
    ${
      problem
        ? html`<p class="field-error" part="error" id="problem">${icons.alert}<span>${problem}</span></p>`
        : nothing
    }
    ${
      isNear
        ? html`<p class="hint numbers counter" id="counter">
            ${text.t('form.counter', { count: body.length, max })}
          </p>`
        : nothing
    }`;
}

export function noteHint(text: Text): TemplateResult {
  return html`<p class="hint-line" id="hint">
    ${moreIcons.lock}<span><strong>${text.t('note.label')}</strong> ${text.t('note.hint')}</span>
  </p>`;
}

/** For agents, whom no window binds. */
export function opensAgainHint(text: Text): TemplateResult {
  return html`<p class="hint-line">${icons.retry}${text.t('send.closed')}</p>`;
}

/** @param kept says that nothing typed was lost */
export function failureNotice(text: Text, error: unknown, kept: string, retry: () => void): TemplateResult {
  return html`<div class="notice error" part="error" role="alert">
    ${icons.alert}
    <span class="grow">${failureText(text, error)} ${kept}</span>
    <button type="button" class="button" part="button" @click=${retry}>${text.t('action.retry')}</button>
  </div>`;
}
