import type { NamedPerson } from '../agents/people.ts';
import { isAgentRole } from '../contract/vocabulary.ts';
import type { Actor } from '../deps.ts';
import { isWide, type Piece } from '../http/json.ts';
import { toInstant } from './instant.ts';
import type { BareMessage, MessageFile, MessageMail } from './message-repository.ts';
import { presentFile, presentMails } from './present.ts';

/**
 * Writes messages as `presentMessage` presents them, as JSON.
 *
 * @param mails of agents only
 */
export function messageWriter(
  actor: Actor,
  authors: ReadonlyMap<number, NamedPerson>,
  files: readonly MessageFile[],
  mails: readonly MessageMail[],
): (row: BareMessage) => Piece {
  const filesOf = Map.groupBy(files, (file) => file.message_id);
  const mailsOf = Map.groupBy(mails, (mail) => mail.message_id);
  const isAgent = isAgentRole(actor.role);
  return (row) => {
    const author = authors.get(row.author_id)!;
    const attached = filesOf.get(row.id);
    const attachments = attached ? JSON.stringify(attached.map(presentFile)) : '[]';
    const delivery = isAgent ? deliveryOf(mailsOf.get(row.id)) : '';
    return {
      // The uid is a random word of ours.
      text:
        `{"id":"${row.uid}","author":${author.asAuthor}"${row.author_role}"},"body":${JSON.stringify(row.body)}` +
        `,"internal":${row.internal === 1},"attachments":${attachments}` +
        `,"createdAt":"${toInstant(row.created_at)}"${delivery}}`,
      isWide: author.isWide || isWide(row.body) || isWide(attachments) || isWide(delivery),
    };
  };
}

function deliveryOf(mails: readonly MessageMail[] | undefined): string {
  if (!mails) return ',"delivery":null';
  return `,${JSON.stringify(presentMails(mails)).slice(1, -1)}`;
}
