import { z } from 'zod';
import { ERROR_STATUS, type ErrorCode } from '../contract/errors.ts';
import { AgentsAnswer, Center, CountsAnswer, Session, TicketPage } from '../contract/session.ts';
import { PresenceAnswer, PresenceInput } from '../contract/presence.ts';
import {
  OriginalMail,
  QuarantinedMail,
  QuarantinePage,
  Received,
  ReleasedMail,
  ReleaseMail,
} from '../contract/mail.ts';
import { Settings, SettingsInput } from '../contract/settings.ts';
import {
  Attachment,
  Close,
  HistoryAnswer,
  HistoryEntry,
  Message,
  MessagePage,
  NewMessage,
  NewTicket,
  Reopen,
  Ticket,
  TicketPatch,
} from '../contract/tickets.ts';

export type JsonSchema = Record<string, unknown>;

const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.enum(Object.keys(ERROR_STATUS) as [ErrorCode, ...ErrorCode[]]),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});

const SCHEMAS = {
  AgentsAnswer,
  Attachment,
  Center,
  Close,
  CountsAnswer,
  HistoryAnswer,
  HistoryEntry,
  Message,
  MessagePage,
  NewMessage,
  NewTicket,
  PresenceAnswer,
  PresenceInput,
  OriginalMail,
  Problem,
  QuarantinePage,
  QuarantinedMail,
  Received,
  ReleaseMail,
  ReleasedMail,
  Reopen,
  Session,
  Settings,
  SettingsInput,
  Ticket,
  TicketPage,
  TicketPatch,
};

export type SchemaName = keyof typeof SCHEMAS;

/** The schemas that validate requests and type the answers, as `#/components/schemas`. */
export function componentSchemas(): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(SCHEMAS)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    // What a client writes: a default makes a field optional, a transformation has not happened yet.
    io: 'input',
    unrepresentable: 'any',
    uri: (id) => `#/components/schemas/${id}`,
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, schema]) => {
      const { $schema: _dialect, $id: _id, ...rest } = schema as JsonSchema;
      return [id, rest];
    }),
  );
}

/** The properties of a query schema, one JSON schema each. */
export function queryProperties(query: z.ZodObject): Array<[name: string, schema: JsonSchema]> {
  const { properties } = z.toJSONSchema(query, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties ?? {}) as Array<[string, JsonSchema]>;
}
