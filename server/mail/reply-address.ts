import { isSignature, type Signer } from './keys.ts';

/** Of the key that signs reply addresses. */
export const REPLY_PURPOSE = 'reply';

/** Whose answers an address takes: those of one user about one ticket. */
export interface ReplyTo {
  ticketId: number;
  /** `users.id`; 0: of any agent, as in mails to the team's address. */
  userId: number;
}

/**
 * The address that takes a person's answers about a ticket. Nobody can make one for another ticket or
 * another person; who gets hold of one still has to be that person (`rules/inbound.ts`).
 *
 * @param domain where the provider takes mail in for us
 */
export function makeReplyAddress(sign: Signer, { ticketId, userId }: ReplyTo, domain: string): string {
  return `reply+${ticketId}.${userId}.${sign(`${ticketId}.${userId}`)}@${domain}`;
}

/**
 * Reads an address that a mail was sent to.
 *
 * @returns null: not one of ours; 'forged': it looks like one and its signature is wrong
 */
export function readReplyAddress(sign: Signer, address: string, domain: string): ReplyTo | 'forged' | null {
  const at = address.lastIndexOf('@');
  if (at < 0 || address.slice(at + 1).toLowerCase() !== domain.toLowerCase()) return null;
  const local = address.slice(0, at).toLowerCase();
  if (!local.startsWith('reply+')) return null;
  const match = /^reply\+([1-9]\d{0,14})\.(\d{1,15})\.([0-9a-v]+)$/.exec(local);
  if (!match) return 'forged';
  const [, ticketId, userId, signature] = match as unknown as [string, string, string, string];
  if (!isSignature(sign, `${ticketId}.${userId}`, signature)) return 'forged';
  return { ticketId: Number(ticketId), userId: Number(userId) };
}
