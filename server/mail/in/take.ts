import { saveUser, type User } from '../../agents/repository.ts';
import { SupportError } from '../../contract/errors.ts';
import { transact } from '../../db/transact.ts';
import type { Actor, Deps, IncomingMail } from '../../deps.ts';
import { decideInbound, type InboundDecision } from '../../rules/inbound.ts';
import { findTicket } from '../../tickets/repository.ts';
import { parseMailbox } from '../address.ts';
import { addMail, type Target } from './add.ts';
import { gatherFacts, type Gathered } from './facts.ts';
import { mailUserId } from './find.ts';
import { settleInbound, type InboundMail } from './inbox-repository.ts';
import { originalText } from './strip-quotes.ts';
import { tellQuarantine } from '../tell.ts';

/**
 * Decides what becomes of a mail (`rules/inbound.ts`), and does it: a reply, a ticket, a place in the
 * quarantine, or nothing. Done twice, it has one effect.
 *
 * @throws Error when a file or the database cannot be had now; then nothing is stored
 */
export async function takeMail(
  deps: Deps,
  row: InboundMail,
  mail: IncomingMail,
  signal: AbortSignal,
): Promise<void> {
  const gathered = await gatherFacts(deps, row, mail);
  const decision = decideInbound(gathered.facts);
  const target = await findTarget(deps, mail, decision, gathered);
  if (!target) return await setAside(deps, row, mail, gathered, decision);
  try {
    await addMail(deps, row, mail, target, { verdict: gathered.facts.verdict, signal });
    deps.log.info('mail.received', { inboundId: row.id, step: decision.step });
  } catch (error) {
    // What the ticket's own rules refuse will not be accepted the next time either.
    if (!(error instanceof SupportError) || error.code === 'storage_full') throw error;
    deps.log.warn('mail.refused', { inboundId: row.id, code: error.code });
    await setAside(deps, row, mail, gathered, { step: 'quarantine', reason: 'not_accepted' });
  }
}

async function findTarget(
  deps: Deps,
  mail: IncomingMail,
  decision: InboundDecision,
  { signed, referred, sender }: Gathered,
): Promise<Target | null> {
  if (decision.step === 'open')
    return { author: toActor(await knownUser(deps, mail, sender)), ticketId: null };
  if (decision.step !== 'reply') return null;
  const ticketId = decision.to === 'signed' ? signed!.ticketId : referred!.ticketId;
  if (!(await findTicket(deps.db, ticketId))) return null;
  return { author: toActor(sender as User), ticketId };
}

/** A person whom the host has not named yet becomes a client who is known by the address alone. */
export async function knownUser(
  deps: Deps,
  mail: Pick<IncomingMail, 'from'>,
  sender: Gathered['sender'],
): Promise<User> {
  if (typeof sender === 'object') return sender;
  const { address, name } = parseMailbox(mail.from);
  return await transact(deps.db, (trx) =>
    saveUser(
      trx,
      {
        external_id: mailUserId(address),
        email: address,
        name: name.slice(0, 200) || address,
        role: 'client',
      },
      deps.clock.now(),
    ),
  );
}

/** Into the quarantine with its text, or noted without it. */
async function setAside(
  deps: Deps,
  row: InboundMail,
  mail: IncomingMail,
  { from, facts, messageRef, ticketId }: Gathered,
  decision: InboundDecision,
): Promise<void> {
  const isQuarantined = decision.step !== 'ignore';
  const reason = 'reason' in decision ? decision.reason : 'no_ticket';
  await settleInbound(deps.db, row, {
    state: isQuarantined ? 'quarantined' : 'ignored',
    reason,
    message_ref: messageRef,
    from_address: from.address || null,
    finished_at: deps.clock.now(),
    ...(isQuarantined && {
      from_name: from.name.slice(0, 200) || null,
      subject: mail.subject.slice(0, 500),
      original: originalText(mail).slice(0, 200_000),
      verdict: facts.verdict,
      file_names: JSON.stringify(mail.files.map((file) => file.name ?? 'file')),
      ticket_id: ticketId,
    }),
  });
  if (isQuarantined) tellQuarantine(deps);
  deps.log.info(isQuarantined ? 'mail.quarantined' : 'mail.ignored', { inboundId: row.id, reason });
}

export function toActor(user: User): Actor {
  return { userId: user.id, id: user.external_id, name: user.name, email: user.email, role: user.role };
}
