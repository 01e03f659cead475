import { z } from 'zod';
import { CATEGORIES } from './vocabulary.ts';

const httpUrl = z
  .string()
  .max(2000)
  .refine((value) => {
    // With its slashes: `https:evil.example` parses too, and a link to it stays on the page's own site.
    return /^https?:\/\/[^/\\]/i.test(value) && URL.canParse(value);
  }, 'Must be an http or https address.');

const days = (max: number) => z.int().min(0).max(max);
const agentId = z.string().min(1).max(200);

export const Settings = z
  .strictObject({
    enabled: z.boolean(),
    /** An external helpdesk that the element links to in place of the built-in one. */
    supportUrl: httpUrl.nullable(),
    /** Told of every new ticket. */
    notificationEmail: z.email().max(320).nullable(),
    notifications: z.strictObject({
      /** To the requester: your ticket was received. */
      confirmation: z.boolean(),
      /** To `notificationEmail`. */
      newTicket: z.boolean(),
      /** To the requester. */
      agentReply: z.boolean(),
      /** To the requester. */
      resolved: z.boolean(),
      /** To the requester. */
      closed: z.boolean(),
      /** To the requester, before a ticket that waits for them is resolved. */
      reminder: z.boolean(),
      /** To the assignee. */
      clientReply: z.boolean(),
      /** To the assignee. */
      assigned: z.boolean(),
    }),
    autoClose: z.strictObject({
      /** Days of 24 h; 0 is off. */
      resolvedAfterDays: days(3650),
      /** Days of 24 h; 0 is off. */
      waitingUserAfterDays: days(3650),
      /** Days before the waiting ticket is resolved; 0 sends no reminder. */
      reminderDaysBefore: days(3650),
    }),
    reopenWindowDays: days(3650),
    inboundMail: z.strictObject({
      /** A mail of an address that is nobody's opens a ticket; else it waits for an agent to look at it. */
      unknownSenders: z.boolean(),
    }),
    assignment: z.strictObject({
      mode: z.enum(['none', 'agent', 'category', 'round_robin']),
      /** For `agent`. */
      agentId: agentId.nullable().optional(),
      /** For `category`; a category that is missing stays unassigned. */
      byCategory: z.partialRecord(z.enum(CATEGORIES), agentId.nullable()).optional(),
      /** For `round_robin`. */
      agentIds: z.array(agentId).max(500).optional(),
      assignToFirstReplier: z.boolean(),
    }),
  })
  .meta({ id: 'Settings' });
export type Settings = z.infer<typeof Settings>;

/** A `PUT` may leave top-level fields out: they keep their value. */
export const SettingsInput = Settings.partial().meta({ id: 'SettingsInput' });
export type SettingsInput = z.infer<typeof SettingsInput>;

export const DEFAULT_SETTINGS: Settings = {
  enabled: true,
  supportUrl: null,
  notificationEmail: null,
  notifications: {
    confirmation: true,
    newTicket: true,
    agentReply: true,
    resolved: true,
    closed: true,
    reminder: true,
    clientReply: true,
    assigned: true,
  },
  autoClose: { resolvedAfterDays: 7, waitingUserAfterDays: 0, reminderDaysBefore: 2 },
  reopenWindowDays: 7,
  inboundMail: { unknownSenders: false },
  assignment: { mode: 'none', assignToFirstReplier: false },
};
