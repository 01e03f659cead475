import { z } from 'zod';
import { LIMITS } from './limits.ts';

/** The provider's events are answered with this, so that it does not tell them again. */
export const Received = z.strictObject({ received: z.literal(true) }).meta({ id: 'Received' });

const Sender = z.strictObject({ name: z.string(), email: z.string() });
const instant = z.string().meta({ format: 'date-time' });

/** A mail as it came in, with everything that was quoted: what is behind a message, for agents. */
export const OriginalMail = z
  .strictObject({
    from: Sender,
    subject: z.string(),
    text: z.string(),
    /** Names of its files, those included that the message does not have. */
    files: z.array(z.string()),
    /** SPF, DKIM and DMARC together; `none`: nobody looked. */
    verdict: z.enum(['pass', 'fail', 'none']).nullable(),
    receivedAt: instant,
  })
  .meta({ id: 'OriginalMail' });
export type OriginalMail = z.infer<typeof OriginalMail>;

/** A mail that nobody may answer for yet. */
export const QuarantinedMail = OriginalMail.extend({
  id: z.string(),
  /** Why, such as `unknown_sender`, `spoofed`, `forged_address`, `not_participant`. */
  reason: z.string(),
  /** Number of the ticket that it seems to be about. */
  ticket: z.string().nullable(),
}).meta({ id: 'QuarantinedMail' });
export type QuarantinedMail = z.infer<typeof QuarantinedMail>;

export const QuarantinePage = z
  .strictObject({
    mails: z.array(QuarantinedMail),
    nextCursor: z.string().nullable(),
    /** In the whole quarantine. */
    total: z.int(),
  })
  .meta({ id: 'QuarantinePage' });
export type QuarantinePage = z.infer<typeof QuarantinePage>;

export const QuarantineQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(LIMITS.pageMax).default(LIMITS.pageDefault),
  cursor: z.string().max(64).optional(),
});
export type QuarantineQuery = z.infer<typeof QuarantineQuery>;

export const ReleaseMail = z
  .strictObject({
    /**
     * `reply`: of its sender, who has to be the ticket's requester · `note`: an internal one of the agent who
     * releases it · `ticket`: a new one of its sender.
     */
    as: z.enum(['reply', 'note', 'ticket']),
    /** For `reply` and `note`; default: the ticket that it seems to be about. */
    number: z.string().min(1).max(40).optional(),
  })
  .meta({ id: 'ReleaseMail' });
export type ReleaseMail = z.infer<typeof ReleaseMail>;

export const ReleasedMail = z
  .strictObject({
    /** Of the ticket that it is a part of now. */
    number: z.string(),
  })
  .meta({ id: 'ReleasedMail' });
export type ReleasedMail = z.infer<typeof ReleasedMail>;
