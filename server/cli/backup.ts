import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { takeBackup } from '../backup/take-backup.ts';
import { loadAttachments } from '../config.ts';
import { createStorage } from '../storage/create-storage.ts';
import { readArguments } from './arguments.ts';
import { CommandError, type Command } from './command.ts';
import { sqlitePath } from './sqlite-only.ts';
import { formatBytes } from '../format-bytes.ts';

const PG_DUMP = 'Use pg_dump for the database, and copy the attachments by the means of their place.';

export const backup: Command = {
  name: 'backup',
  summary: 'writes database and attachments to one file, while the server runs',
  help: `support-center backup FILE [--force]

Writes the database and every attachment to FILE, a tar archive that only its owner may read. The server
may run meanwhile: what is in FILE is the support center as it was at one moment. FILE appears when it is
complete; until then it is called FILE.<process>.part. It is neither compressed nor encrypted.

  --force   replaces a file that is there already

Exit code: 0, or 3 when the backup was made although attachments are damaged (support-center doctor).`,
  async run(args, { env, say, warn }) {
    const { values, positionals } = readArguments(args, { force: { type: 'boolean' } }, ['FILE']);
    const file = resolve(positionals[0]!);
    if (existsSync(file) && !values.force) throw new CommandError(`${file} is there already; --force.`);
    const database = sqlitePath(env, PG_DUMP);
    const storage = createStorage(loadAttachments(env));
    const clock = { now: () => Date.now() };
    const done = await takeBackup({ database, storage, clock }, file).finally(() => storage.close?.());
    say(`${file}: ${formatBytes(done.size)}, ${done.attachments} attachments, as of ${done.createdAt}`);
    if (done.damaged.length === 0) return 0;
    warn(`${done.damaged.length} attachments are missing or damaged, and not in the backup:`);
    for (const key of done.damaged) warn(`  ${key}`);
    return 3;
  },
};
