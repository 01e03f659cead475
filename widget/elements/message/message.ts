import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Message } from '../../../server/contract/tickets.ts';
import { isAgentRole } from '../../../server/contract/vocabulary.ts';
import { markdownStyles } from '../../markdown/markdown.styles.ts';
import { renderMarkdown } from '../../markdown/render.ts';
import '../attachment-list/attachment-list.ts';
import { avatar } from '../avatar.ts';
import { SupportElement } from '../element.ts';
import { moreIcons } from '../more-icons.ts';
import type { AgentKit } from '../thread-view/agent-kit.ts';
import { styles } from './message.styles.ts';

/** Milliseconds for which a copied block says so. */
const COPIED_FOR = 2000;

/**
 * @summary One message of the conversation: who, when, what, with which files.
 * @csspart message - the message
 * @csspart message-internal - one that only agents see
 */
export class SupportMessage extends SupportElement {
  static override styles = [SupportElement.styles, markdownStyles, styles].flat();

  @property({ attribute: false }) message!: Message;
  /** Milliseconds; what its date is told against. */
  @property({ attribute: false }) now = 0;
  /** What only agents see of it. */
  @property({ attribute: false }) kit: AgentKit | null = null;

  @state() private copied: string | null = null;
  #body: TemplateResult[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override willUpdate(changed: PropertyValues): void {
    const renewed = changed.get('message') as Message | undefined;
    const sameBody = renewed?.body === this.message.body;
    if ((changed.has('message') && !sameBody) || changed.has('copied') || changed.has('text')) {
      this.#body = this.#renderBody();
    }
  }

  #renderBody(): TemplateResult[] {
    // Pages without TLS, and some frames, have no clipboard.
    if (!navigator.clipboard) return renderMarkdown(this.message.body);
    return renderMarkdown(this.message.body, (code) => ({
      icon: this.copied === code ? moreIcons.check : moreIcons.copy,
      label: this.t('code.copy'),
      run: () => void this.#copy(code),
    }));
  }

  protected override render(): TemplateResult {
    const { author, internal, attachments, createdAt } = this.message;
    const isMine = author.id === this.store.session.value?.actor.id;
    const side = internal ? 'note' : isAgentRole(author.role) ? 'agent' : 'client';
    return html`<div class="message ${side}" part=${internal ? 'message message-internal' : 'message'}>
      ${avatar(author.name, author.role)}
      <div class="bubble">
        <div class="head">
          <bdi class="author">${author.name}</bdi>
          ${isMine ? html`<span class="tag">${this.t('thread.you')}</span>` : nothing}
          ${isMine && side === 'client' ? nothing : html`<span class="role">${this.t(`role.${author.role}`)}</span>`}
          ${internal && this.kit ? this.kit.noteMark(this.text) : nothing}
          ${this.kit?.originOf(this.message, this.text) ?? nothing}
          <time class="numbers" datetime=${createdAt} title=${this.text.exact(createdAt)}
            >${this.text.relative(createdAt, this.now)}</time
          >
        </div>
        <div class="body markdown">${this.#body}</div>
        ${
          attachments.length > 0
            ? html`<support-center-attachment-list
                .attachments=${attachments}
              ></support-center-attachment-list>`
            : nothing
        }
        ${this.kit?.deliveryOf(this.message, this.text, this.store) ?? nothing}
      </div>
    </div>`;
  }

  async #copy(code: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(code);
    } catch {
      return;
    }
    this.copied = code;
    this.store.announce(this.t('code.copied'));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.copied = null), COPIED_FOR);
  }
}

const TAG = 'support-center-message';
if (!customElements.get(TAG)) customElements.define(TAG, SupportMessage);

declare global {
  interface HTMLElementTagNameMap {
    [TAG]: SupportMessage;
  }
}
