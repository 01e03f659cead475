/** Why an agent has to look at a mail. */
export const QUARANTINE_REASONS = [
  'virus',
  'spam',
  'bulk',
  'forged_address',
  'spoofed',
  'unverified',
  'not_participant',
  'no_ticket',
  'unknown_sender',
  'ambiguous_sender',
  'support_disabled',
  'too_many',
  'not_accepted',
  'unreachable',
] as const;
export type QuarantineReason = (typeof QUARANTINE_REASONS)[number];

/** Why a mail is nobody's business. */
export type IgnoreReason = 'own_mail' | 'duplicate' | 'other_recipient' | 'bounce' | 'auto_reply' | 'bulk';

/** What is known of a mail that came in. */
export interface InboundFacts {
  isOwn: boolean;
  /** The same Message-ID of the same sender was here before. */
  isDuplicate: boolean;
  /** One of its recipients is an address of ours. */
  isForUs: boolean;
  automatic: 'bounce' | 'auto_reply' | 'bulk' | null;
  scan: 'virus' | 'spam' | null;
  verdict: 'pass' | 'fail' | 'none';
  /**
   * The reply address it was sent to. `sender`: whether the mail is from whom the address was made for
   * (or from any agent, where it was made for the team).
   */
  signed: 'forged' | { ticketExists: boolean; sender: 'addressee' | 'other' } | null;
  /** The ticket that its thread or subject names, or else its text. */
  referred: { by: 'thread' | 'subject' | 'text'; isParticipant: boolean } | null;
  sender: 'client' | 'agent' | 'unknown' | 'ambiguous';
  settings: { enabled: boolean; unknownSenders: boolean };
  /** The sender's mails of the last hour are too many for a person. */
  isTooMuch: boolean;
}

export type InboundDecision =
  | { step: 'reply'; to: 'signed' | 'referred' }
  | { step: 'open' }
  | { step: 'quarantine'; reason: QuarantineReason }
  | { step: 'ignore'; reason: IgnoreReason };

/**
 * Decides what becomes of a mail. Only a person whom the ticket knows may add to it, and only where their
 * address is proven: by SPF, DKIM and DMARC, or, for a client, at least by a reply address that nobody else
 * was given. Everything in doubt is for an agent to look at.
 */
export function decideInbound(facts: InboundFacts): InboundDecision {
  const { signed, referred, sender, verdict, automatic } = facts;
  if (facts.isOwn) return ignore('own_mail');
  if (facts.isDuplicate) return ignore('duplicate');
  if (!facts.isForUs) return ignore('other_recipient');
  if (automatic === 'bounce' || automatic === 'auto_reply') return ignore(automatic);
  if (facts.scan) return quarantine(facts.scan);
  if (automatic === 'bulk') return signed || sender !== 'unknown' ? quarantine('bulk') : ignore('bulk');
  if (signed === 'forged') return quarantine('forged_address');
  if (verdict === 'fail') return quarantine('spoofed');
  if (signed) {
    if (signed.sender !== 'addressee') return quarantine('not_participant');
    if (!signed.ticketExists) return quarantine('no_ticket');
    // What an agent writes goes to the client, so it takes more than an address that went astray.
    if (verdict === 'none' && sender !== 'client') return quarantine('unverified');
    return admit(facts, { step: 'reply', to: 'signed' });
  }
  if (verdict !== 'pass') return quarantine('unverified');
  if (referred?.isParticipant) return admit(facts, { step: 'reply', to: 'referred' });
  // A number within a text may be mentioned by anybody; a thread or a subject is an answer.
  if (referred && referred.by !== 'text') return quarantine('not_participant');
  if (sender === 'ambiguous') return quarantine('ambiguous_sender');
  if (sender === 'unknown' && !facts.settings.unknownSenders) return quarantine('unknown_sender');
  return admit(facts, { step: 'open' });
}

function admit(facts: InboundFacts, decision: InboundDecision): InboundDecision {
  if (!facts.settings.enabled && facts.sender !== 'agent') return quarantine('support_disabled');
  return facts.isTooMuch ? quarantine('too_many') : decision;
}

function quarantine(reason: QuarantineReason): InboundDecision {
  return { step: 'quarantine', reason };
}

function ignore(reason: IgnoreReason): InboundDecision {
  return { step: 'ignore', reason };
}
