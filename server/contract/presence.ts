import { z } from 'zod';
import { EVENT_EXTRAS, PRESENCE_STATES } from './events.ts';

export const EventsQuery = z.strictObject({ include: z.array(z.enum(EVENT_EXTRAS)).optional() });
export type EventsQuery = z.infer<typeof EventsQuery>;

/** `gone`: no longer looking. Otherwise to be repeated before `expiresInSeconds` of the answer are over. */
export const PresenceInput = z
  .strictObject({ state: z.enum([...PRESENCE_STATES, 'gone']) })
  .meta({ id: 'PresenceInput' });
export type PresenceInput = z.infer<typeof PresenceInput>;

export const PresenceAnswer = z
  .strictObject({
    /** The other agents who have the ticket open. */
    people: z.array(z.strictObject({ id: z.string(), name: z.string(), state: z.enum(PRESENCE_STATES) })),
    expiresInSeconds: z.int(),
  })
  .meta({ id: 'PresenceAnswer' });
export type PresenceAnswer = z.infer<typeof PresenceAnswer>;
