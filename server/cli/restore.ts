import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { BackupUnusable } from '../backup/open-backup.ts';
import { restoreBackup } from '../backup/restore-backup.ts';
import { loadAttachments } from '../config.ts';
import { DatabaseUnusable } from '../db/unusable.ts';
import { readArguments } from './arguments.ts';
import { CommandError, type Command } from './command.ts';
import { sqlitePath } from './sqlite-only.ts';

export const restore: Command = {
  name: 'restore',
  summary: 'puts a backup in the place of the data; the server must not run',
  help: `support-center restore FILE [--force]

Puts the database and the attachments of a backup where DATABASE_URL and ATTACHMENTS_URL say. Every byte of
FILE is checked first. The server must not run; nothing is replaced without --force.

  --force   moves the data that is there aside, to names that end in .before-<time>; in a bucket the files
            of the backup are put beside those that are there

A backup of an earlier version is brought up to this one. Mails that waited in a backup older than 23 hours
are not sent again: they are shown as failed. Ticket numbers given since the backup are given again.`,
  async run(args, { env, say }) {
    const { values, positionals } = readArguments(args, { force: { type: 'boolean' } }, ['FILE']);
    const file = resolve(positionals[0]!);
    if (!existsSync(file)) throw new CommandError(`There is no file ${file}.`);
    const target = {
      database: resolve(sqlitePath(env, 'Use pg_restore.')),
      attachments: loadAttachments(env),
      clock: { now: () => Date.now() },
    };
    try {
      const done = await restoreBackup(file, target, values.force ?? false);
      say(`Restored ${target.database} and ${done.attachments} attachments, as of ${done.createdAt}.`);
      for (const path of done.movedAside) say(`What was there before: ${path}`);
      if (done.mailsHeldBack > 0) {
        say(`${done.mailsHeldBack} mails that waited then are not sent again: they are shown as failed.`);
      }
      if (done.damaged.length > 0) say(`${done.damaged.length} attachments were damaged already then.`);
      return 0;
    } catch (error) {
      if (error instanceof BackupUnusable || error instanceof DatabaseUnusable) {
        throw new CommandError(error.message);
      }
      throw error;
    }
  },
};
