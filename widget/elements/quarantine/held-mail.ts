import { html, nothing, type TemplateResult } from 'lit';
import type { QuarantinedMail } from '../../../server/contract/mail.ts';
import type { Text, TextKey } from '../../text/text.ts';
import { icons } from '../icons.ts';
import { moreIcons } from '../more-icons.ts';

/** What an agent can do with a mail. */
export const JUDGEMENTS = ['add', 'open', 'drop'] as const;
export type Judgement = (typeof JUDGEMENTS)[number];

/** What a mail is shown with. */
export interface MailView {
  text: Text;
  /** Milliseconds; what dates are told against. */
  now: number;
  /** All of its text is shown. */
  isUnfolded: boolean;
  /** The address of a ticket, where tickets have one. */
  href: (number: string) => string | null;
  openTicket: (number: string) => void;
  unfold: () => void;
  judge: (judgement: Judgement) => void;
}

/** More than this is folded at first: what is long is mostly quoted. */
const FOLD_LINES = 8;
const FOLD_LETTERS = 700;

const VERDICTS = {
  pass: { tone: 'tone-resolved', icon: moreIcons.check },
  fail: { tone: 'tone-bad', icon: icons.alert },
  none: { tone: '', icon: icons.alert },
};

export function senderOf({ from }: QuarantinedMail, text: Text): string {
  return from.name || from.email || text.t('quarantine.nobody');
}

/** One mail: who says to have sent it, why it waits, what it says, and what can be done with it. */
export function heldMail(mail: QuarantinedMail, view: MailView): TemplateResult {
  const { text } = view;
  const { id, from, subject, receivedAt, files } = mail;
  const heading = `subject-${id}`;
  return html`<li class="mail" data-id=${id}>
    <div class="head">
      <h3 id=${heading} tabindex="-1"><bdi>${subject || text.t('quarantine.no-subject')}</bdi></h3>
      <time class="muted small numbers" datetime=${receivedAt} title=${text.exact(receivedAt)}
        >${text.relative(receivedAt, view.now)}</time
      >
    </div>
    <p class="sender small">
      <span
        ><bdi class="name">${senderOf(mail, text)}</bdi>
        ${from.name && from.email ? html`<bdi class="muted">${from.email}</bdi>` : nothing}</span
      >
      ${verdictChip(mail, text)}
    </p>
    <p class="reason small">
      ${icons.alert}<span>${reasonText(mail, text)} ${aboutTicket(mail, view)}</span>
    </p>
    ${words(mail, view, heading)}
    ${
      files.length > 0
        ? html`<ul class="files small" role="list" aria-label=${text.t('files.label')}>
            ${files.map((name) => html`<li>${moreIcons.clip}<bdi>${name}</bdi></li>`)}
          </ul>`
        : nothing
    }
    <div class="actions">
      ${JUDGEMENTS.map(
        (judgement) =>
          html`<button
            type="button"
            class=${judgement === 'drop' ? 'button danger-quiet' : 'button'}
            part=${judgement === 'drop' ? 'button button-danger' : 'button'}
            aria-describedby=${heading}
            @click=${() => view.judge(judgement)}
          >
            ${text.t(`quarantine.${judgement}`)}
          </button>`,
      )}
    </div>
  </li>`;
}

function verdictChip({ verdict }: QuarantinedMail, text: Text): TemplateResult | typeof nothing {
  if (verdict === null) return nothing;
  const { tone, icon } = VERDICTS[verdict];
  return html`<span class="chip ${tone}">${icon}${text.t(`quarantine.verdict.${verdict}`)}</span>`;
}

/** A server that is newer may know of more reasons. */
function reasonText({ reason }: QuarantinedMail, text: Text): string {
  const key = `quarantine.reason.${reason}` as TextKey;
  const phrase = text.t(key);
  return phrase === key ? text.t('quarantine.reason.other') : phrase;
}

function aboutTicket(
  { ticket }: QuarantinedMail,
  { text, href, openTicket }: MailView,
): TemplateResult | typeof nothing {
  if (ticket === null) return nothing;
  const address = href(ticket);
  const link =
    address === null
      ? html`<button type="button" class="link numbers" @click=${() => openTicket(ticket)}>${ticket}</button>`
      : html`<a class="numbers" href=${address}>${ticket}</a>`;
  return html`<span class="about">${text.t('quarantine.about')} ${link}</span>`;
}

function words(
  mail: QuarantinedMail,
  { text, isUnfolded, unfold }: MailView,
  heading: string,
): TemplateResult {
  const said = mail.text.trim();
  if (said === '') return html`<p class="muted small">${text.t('quarantine.no-text')}</p>`;
  const isLong = said.length > FOLD_LETTERS || said.split('\n').length > FOLD_LINES;
  const isFolded = isLong && !isUnfolded;
  return html`<div class=${isFolded ? 'words folded' : 'words'} dir="auto">${said}</div>
    ${
      isFolded
        ? html`<button
            type="button"
            class="button quiet more"
            part="button"
            aria-describedby=${heading}
            @click=${unfold}
          >
            ${text.t('quarantine.all')}${icons.chevron}
          </button>`
        : nothing
    }`;
}
