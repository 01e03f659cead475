/**
 * `npm start`: the server as a process of its own. A thin user of `createSupportCenter`, which it imports
 * only once the version of Node is known to be right: the database driver crashes an older one.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ownProcess } from './own-process.ts';

const NODE_MAJOR = 22;

/** Ctrl+C reaches this process twice: from the terminal, and passed on by npm. */
const SAME_SIGNAL_MS = 500;

if (Number(process.versions.node.split('.')[0]) < NODE_MAJOR) {
  fail(`needs Node ${NODE_MAJOR} or later, this is ${process.versions.node}.`);
} else {
  await run();
}

async function run(): Promise<void> {
  ownProcess();
  const { createSupportCenter } = await import('./support-center.ts');
  let isStopping = false;
  try {
    const support = createSupportCenter();
    onSignals(async () => {
      isStopping = true;
      await support.stop();
    });
    await buildElement();
    if (!isStopping) await support.start();
  } catch (error) {
    if (!isStopping) fail(explain(error as NodeJS.ErrnoException));
  }
}

/** A fresh clone has no built element yet; a published package always has. */
async function buildElement(): Promise<void> {
  const { WIDGET_ENTRY, WIDGET_FOLDER } = await import('./static/assets.ts');
  if (existsSync(join(WIDGET_FOLDER, WIDGET_ENTRY))) return;
  try {
    const { buildWidget } = await import('../widget/build.ts');
    await buildWidget();
  } catch (error) {
    throw new Error(`the element is not built, and cannot be: ${(error as Error).message}`, { cause: error });
  }
}

/** Stops at the first signal, and gives up waiting at a later one. */
function onSignals(stop: () => Promise<void>): void {
  let stoppingSince: number | undefined;
  const onSignal = () => {
    if (stoppingSince !== undefined) {
      if (performance.now() - stoppingSince > SAME_SIGNAL_MS) process.exit(1);
      return;
    }
    stoppingSince = performance.now();
    stop().then(
      () => process.exit(0),
      (error: unknown) => fail(explain(error as NodeJS.ErrnoException)),
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

/** One line for the operator. A `ConfigError` names its variable itself. */
function explain(error: NodeJS.ErrnoException & { address?: string; port?: number }): string {
  const { code, message, address, port } = error;
  if (code === 'EADDRINUSE') return `PORT: ${port} on ${address} is in use by another program.`;
  if (code === 'EACCES' && port !== undefined) return `PORT: may not listen on ${port}.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `HOST: cannot listen there (${message}).`;
  return message;
}

function fail(message: string): void {
  process.stderr.write(`support-center: ${message.replace(/\s*\n\s*/g, ' ')}\n`);
  process.exit(1);
}
