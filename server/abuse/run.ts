import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** `npm run test:abuse [-- --long]`: this room's tests, the long ones only when asked for. */
const args = process.argv.slice(2);
const isLong = args.includes('--long');
const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
const config = fileURLToPath(new URL('../vitest.config.ts', import.meta.url));
const own = ['run', '--config', config, ...(isLong ? ['--testTimeout', String(20 * 60_000)] : [])];
const child = spawn(
  process.execPath,
  [vitest, ...own, ...args.filter((arg) => arg !== '--long'), 'server/abuse'],
  { stdio: 'inherit', env: { ...process.env, ...(isLong && { ABUSE_LONG: '1' }) } },
);
child.once('close', (code) => process.exit(code ?? 1));
