import type { Ticket } from '../../../server/contract/tickets.ts';
import type { SupportStore } from '../../state.ts';
import type { ComposerDraft } from './composer-draft.ts';

/**
 * Opens the form for a ticket that continues a closed one. What was typed as a reply goes along: the text as the
 * description, the files into the form's draft.
 */
export function startFollowUp(store: SupportStore, ticket: Ticket, reply: ComposerDraft): void {
  const { number, subject, category, priority, relatedApp } = ticket;
  const { body, attachments } = reply;
  if (attachments.length > 0) {
    const key = `follow-up:${number}`;
    const begun = store.readDraft(key);
    store.writeDraft(key, {
      fields: begun?.fields ?? {},
      attachments: [...(begun?.attachments ?? []), ...attachments],
    });
  }
  const defaults = {
    followUpOf: number,
    subject,
    category,
    priority,
    ...(relatedApp && { relatedApp: relatedApp.id }),
    ...(body.trim() !== '' && { description: body }),
  };
  reply.discard();
  store.navigate({ view: 'new', defaults });
}
