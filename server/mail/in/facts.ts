import { findUser, type User } from '../../agents/repository.ts';
import { isAgentRole } from '../../contract/vocabulary.ts';
import type { Deps, IncomingMail } from '../../deps.ts';
import type { InboundFacts } from '../../rules/inbound.ts';
import { readSettings } from '../../settings/service.ts';
import { findTicket } from '../../tickets/repository.ts';
import { addressOf, domainOf, parseMailbox, type Mailbox } from '../address.ts';
import { OWN_HEADER, ownMark } from '../compose.ts';
import type { ReplyTo } from '../reply-address.ts';
import { readMessageRef } from '../webhook/events.ts';
import { findAutomatic } from './automatic.ts';
import { findReferred, findReplyAddress, findSender, type Referred } from './find.ts';
import { header } from './headers.ts';
import { countAccepted, isKnownMessage, type InboundMail } from './inbox-repository.ts';
import { originalText } from './strip-quotes.ts';
import { readScan, readVerdict } from './verdict.ts';

const HOUR_MS = 60 * 60 * 1000;
/** More than a person answers, and few enough that a loop of machines is soon over. */
const PER_HOUR = 30;

/** What is known of a mail, for the decision and for what follows from it. */
export interface Gathered {
  facts: InboundFacts;
  from: Mailbox;
  messageRef: string | null;
  sender: User | 'unknown' | 'ambiguous';
  signed: ReplyTo | null;
  referred: Referred | null;
  /** Which it seems to be about. */
  ticketId: number | null;
}

export async function gatherFacts(deps: Deps, row: InboundMail, mail: IncomingMail): Promise<Gathered> {
  const from = parseMailbox(mail.from);
  const messageRef = readMessageRef(mail.messageId ?? header(mail.headers, 'message-id'));
  const settings = await readSettings(deps.db);
  const reply = await findReplyAddress(deps, mail);
  const signed = reply === 'forged' ? null : reply;
  const referred = reply === null ? await findReferred(deps, mail, originalText(mail)) : null;
  const addressee = signed && (await findAddressee(deps, signed, from.address));
  const sender = addressee ?? (await findSender(deps.db, from.address));
  const ticket = signed && (await findTicket(deps.db, signed.ticketId));
  const facts: InboundFacts = {
    isOwn: await isOwn(deps, mail, from.address, messageRef),
    isDuplicate: await isKnownMessage(deps.db, { id: row.id, messageRef, from: from.address }),
    isForUs: isForUs(deps, mail),
    automatic: findAutomatic(mail.headers, from.address, mail.subject),
    scan: readScan(mail.headers),
    verdict: readVerdict(mail.headers, mail.inOrder, from.address),
    signed:
      reply === 'forged'
        ? 'forged'
        : signed && { ticketExists: Boolean(ticket), sender: addressee ? 'addressee' : 'other' },
    referred: referred && { by: referred.by, isParticipant: await isParticipant(deps, referred, sender) },
    sender: typeof sender === 'string' ? sender : isAgentRole(sender.role) ? 'agent' : 'client',
    settings: { enabled: settings.enabled, unknownSenders: settings.inboundMail.unknownSenders },
    isTooMuch: (await countAccepted(deps.db, from.address, deps.clock.now() - HOUR_MS)) >= PER_HOUR,
  };
  const ticketId = ticket?.id ?? referred?.ticketId ?? null;
  return { facts, from, messageRef, sender, signed, referred, ticketId };
}

/** @returns the user whom a reply address was made for, where the mail is from them, and they still may answer */
async function findAddressee(deps: Deps, signed: ReplyTo, from: string): Promise<User | null> {
  if (signed.userId === 0) {
    const sender = await findSender(deps.db, from);
    return typeof sender === 'object' && isAgentRole(sender.role) ? sender : null;
  }
  const user = await findUser(deps.db, signed.userId).catch(() => null);
  if (!user || user.email.toLowerCase() !== from) return null;
  if (isAgentRole(user.role)) return user;
  const ticket = await findTicket(deps.db, signed.ticketId);
  return !ticket || ticket.requester_id === user.id ? user : null;
}

async function isParticipant(
  deps: Deps,
  { ticketId }: Referred,
  sender: Gathered['sender'],
): Promise<boolean> {
  if (typeof sender === 'string') return false;
  if (isAgentRole(sender.role)) return true;
  return (await findTicket(deps.db, ticketId))?.requester_id === sender.id;
}

/** A mail of ours that came back, over whatever detours. */
async function isOwn(
  deps: Deps,
  mail: IncomingMail,
  from: string,
  messageRef: string | null,
): Promise<boolean> {
  if (from === addressOf(deps.config.mail.from)) return true;
  if (header(mail.headers, OWN_HEADER.toLowerCase()) === ownMark(deps)) return true;
  if (messageRef === null) return false;
  const sent = await deps.db
    .selectFrom('outbox')
    .select('id')
    .where('message_ref', '=', messageRef)
    .executeTakeFirst();
  return sent !== undefined;
}

/** One account at the provider may take in mails of other programs, too: those are none of our business. */
function isForUs(deps: Deps, mail: IncomingMail): boolean {
  const { from, replyDomain } = deps.config.mail;
  const domains = [domainOf(addressOf(from)), replyDomain?.toLowerCase()];
  return mail.to.some((to) => domains.includes(domainOf(addressOf(to))));
}
