import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';

/** Beside the program, where nobody else can write who could not write the program. */
const COMPILED = fileURLToPath(new URL('../.cache/compiled', import.meta.url));

/** V8 looks at them at every collection, and not only when it starts. */
const FLAGS = [
  '--semi-space-growth-factor=1',
  '--no-parallel-scavenge',
  '--no-concurrent-array-buffer-sweeping',
];

/**
 * Called first by a process that is the server and nothing else. What Node makes of the source is kept for the next
 * start, where the folder can be written to. And what is new on the heap gets as little room as V8 gives: left to
 * itself it takes up to 128 MiB, and clears it at one go, for which every request waits. By one thread, which waits
 * for no other: on a busy machine those get their turn late.
 */
export function ownProcess(): void {
  enableCompileCache(COMPILED);
  for (const flag of FLAGS) setFlagsFromString(flag);
}
