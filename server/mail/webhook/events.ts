import { z } from 'zod';

/**
 * What is read of an event. The provider adds fields and types as it likes, so everything else is let
 * through and left alone.
 */
const Event = z.object({
  type: z.string().max(100),
  data: z
    .object({
      email_id: z.string().min(1).max(200).optional(),
      message_id: z.string().max(1000).optional(),
      email: z.string().max(320).optional(),
      origin: z.string().max(100).optional(),
      bounce: z
        .object({
          message: z.string().optional(),
          type: z.string().optional(),
          subType: z.string().optional(),
        })
        .optional(),
      failed: z.object({ reason: z.string().optional() }).optional(),
      suppressed: z.object({ message: z.string().optional(), type: z.string().optional() }).optional(),
    })
    .optional(),
});

/** An event, in the words of this house. */
export interface ProviderEvent {
  type: string;
  /** Of the mail it speaks of, as the send was answered or as it was taken in. */
  providerId: string | null;
  /** Why, for an agent to read. */
  detail: string | null;
  /** The mail's Message-ID with its brackets. */
  messageRef: string | null;
  /** Of an event about an address. */
  address: string | null;
}

/** @returns null: no event at all */
export function readEvent(value: unknown): ProviderEvent | null {
  const result = Event.safeParse(value);
  if (!result.success) return null;
  const { type, data = {} } = result.data;
  const { bounce, failed, suppressed } = data;
  // A mailbox that is full today takes mail tomorrow: no reason to give its address up.
  const isTransient = type === 'email.bounced' && /^transient$/i.test(bounce?.type ?? '');
  const reasons = [bounce?.subType, bounce?.message ?? failed?.reason ?? suppressed?.message];
  const detail = reasons.filter((reason) => reason && reason !== 'General').join(': ');
  return {
    type: isTransient ? 'email.bounced.transient' : type,
    providerId: data.email_id ?? null,
    detail: detail.replace(/[\s\p{Cc}]+/gu, ' ').slice(0, 500) || defaultDetail(type),
    messageRef: readMessageRef(data.message_id),
    address: data.email ?? null,
  };
}

/** @returns `<id@host>`, or null where there is none */
export function readMessageRef(text: string | null | undefined): string | null {
  const id = /^\s*<?([^\s<>@]+@[^\s<>@]+)>?\s*$/.exec(text ?? '')?.[1];
  return id && id.length <= 900 ? `<${id}>` : null;
}

function defaultDetail(type: string): string | null {
  if (type === 'email.complained') return 'The recipient marked it as spam.';
  if (type === 'email.delivery_delayed') return 'Delayed: the other side does not take it yet.';
  return null;
}
