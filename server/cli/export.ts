import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { loadDatabase, loadTicketPrefix } from '../config.ts';
import { openSnapshotOf } from '../db/database.ts';
import { FORMATS, type FormatName } from '../export/formats.ts';
import { readTickets, type ExportOptions } from '../export/tickets.ts';
import type { Db } from '../deps.ts';
import { readArguments } from './arguments.ts';
import { CommandError, type Command } from './command.ts';

const NAMES = Object.keys(FORMATS) as FormatName[];

export const exportTickets: Command = {
  name: 'export',
  summary: 'writes tickets and conversations as JSON or CSV',
  help: `support-center export [FILE] [--format json|csv|csv-messages] [--requester ID|EMAIL] [--notes]

Writes every ticket, as of one moment, while the server may run.

  FILE         a new one that only its owner may read (--output FILE says the same); default: the output
               of the command
  --format     json: tickets with messages and history, as the API has them
               csv: a line a ticket        csv-messages: a line a message
               default: csv where FILE ends so, else json
  --requester  only the tickets of this client, as for their request for their data
  --notes      internal notes too; never together with --requester

In CSV, what a spreadsheet would calculate begins with an apostrophe. Attachments are named, not contained:
they are in a backup. TICKET_PREFIX is read for the numbers.`,
  async run(args, { env, warn, write }) {
    const { values, positionals } = readArguments(
      args,
      {
        format: { type: 'string' },
        output: { type: 'string' },
        requester: { type: 'string' },
        notes: { type: 'boolean' },
      },
      [],
      1,
    );
    const [file = values.output] = positionals;
    if (values.output !== undefined && file !== values.output) {
      throw new CommandError('One FILE at a time: --output names another.');
    }
    const format = (values.format ?? (file?.endsWith('.csv') ? 'csv' : 'json')) as FormatName;
    if (!NAMES.includes(format)) throw new CommandError(`--format is one of ${NAMES.join(', ')}.`);
    if (values.notes && values.requester !== undefined) {
      throw new CommandError('An export for a client never holds notes: --notes or --requester.');
    }
    const options: ExportOptions = {
      ticketPrefix: loadTicketPrefix(env),
      notes: values.notes ?? false,
      requester: values.requester,
    };
    const { db, close } = await openSnapshotOf(loadDatabase(env));
    try {
      const target = file === undefined ? undefined : resolve(file);
      const count = await writeTo(target, write, (put) => writeAll(db, format, options, put));
      warn(`${count} tickets exported.`);
      return 0;
    } finally {
      await close();
    }
  },
};

type Put = (text: string) => Promise<void>;

async function writeAll(db: Db, name: FormatName, options: ExportOptions, put: Put): Promise<number> {
  const format = FORMATS[name];
  await put(format.begin);
  let count = 0;
  for await (const ticket of readTickets(db, options)) {
    await put(format.ticket(ticket, count));
    count += 1;
  }
  await put(format.end);
  return count;
}

/** A file appears when it is complete. */
async function writeTo<T>(path: string | undefined, write: Put, work: (put: Put) => Promise<T>): Promise<T> {
  if (path === undefined) return await work(write);
  if (existsSync(path)) throw new CommandError(`${path} is there already.`);
  const part = `${path}.${process.pid}.part`;
  const file = await open(part, 'wx', 0o600);
  try {
    const result = await work(async (text) => void (await file.writeFile(text)));
    await file.sync();
    await file.close();
    await rename(part, path);
    return result;
  } finally {
    await file.close().catch(() => undefined);
    await rm(part, { force: true });
  }
}
