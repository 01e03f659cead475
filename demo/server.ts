/**
 * `npm run demo`: a host dashboard with the support center in it.
 *
 *   --fresh          starts over with new sample tickets
 *   --empty          starts without sample tickets
 *   --data <folder>  keeps its files there instead of in `data/`
 *   --built          takes the element as it was built last
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const NODE_MAJOR = 22;

try {
  if (Number(process.versions.node.split('.')[0]) < NODE_MAJOR) {
    throw new Error(`The demo needs Node ${NODE_MAJOR} or later, this is ${process.versions.node}.`);
  }
  const { values } = parseArgs({
    options: {
      fresh: { type: 'boolean', default: false },
      empty: { type: 'boolean', default: false },
      built: { type: 'boolean', default: false },
      data: { type: 'string', default: fileURLToPath(new URL('../data', import.meta.url)) },
    },
  });
  // Only now: the database driver crashes a Node that is too old.
  const [{ buildWidget }, { startDemo }] = await Promise.all([
    import('../widget/build.ts'),
    import('./start-demo.ts'),
  ]);
  const { fresh, empty, built, data } = values;
  if (!built) await buildWidget();
  const demo = await startDemo({ data, fresh, samples: !empty, env: process.env });
  const note = demo.seeded > 0 ? ` with ${demo.seeded} new sample tickets` : '';
  console.log(`Acme Cloud, a demo host, runs${note} at ${demo.url}`);
  // Both may come, and Ctrl+C comes twice: from the terminal, and passed on by npm.
  let isStopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (!isStopping) void demo.stop().then(() => process.exit(0));
      isStopping = true;
    });
  }
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  const port = process.env['PORT'] ?? 8787;
  const taken = `Port ${port} is in use by another program; choose one with PORT=…`;
  console.error(code === 'EADDRINUSE' ? taken : message.replace(/\s*\n\s*/g, ' '));
  process.exit(1);
}
