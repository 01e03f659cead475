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
  const endOf = (attached: readonly MessageFile[] = [], mailed?: readonly MessageMail[]) => {
    const delivery = isAgent ? `,${deliveryOf(mailed)}` : '';
    return `","attachments":${JSON.stringify(attached.map(presentFile))}${delivery}}`;
  };
  const plainEnd = endOf();
  return (row) => {
    const author = authors.get(row.author_id)!;
    const [attached, mailed] = [filesOf.get(row.id), mailsOf.get(row.id)];
    const end = attached || mailed ? endOf(attached, mailed) : plainEnd;
    return {
      // The uid is a random word of ours. Of few parts: each costs again when the whole is put together.
      text:
        `{"id":"${row.uid}"${author.asAuthor[row.author_role]},"body":${JSON.stringify(row.body)}` +
        (row.internal === 1 ? ',"internal":true,"createdAt":"' : ',"internal":false,"createdAt":"') +
        toInstant(row.created_at) +
        end,
      isWide: author.isWide || isWide(row.body) || (end !== plainEnd && isWide(end)),
    };
  };
}

function deliveryOf(mails: readonly MessageMail[] | undefined): string {
  return mails ? JSON.stringify(presentMails(mails)).slice(1, -1) : '"delivery":null';
}
