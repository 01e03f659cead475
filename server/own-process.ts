import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';

/** Beside the program, where nobody else can write who could not write the program. */
const COMPILED = fileURLToPath(new URL('../.cache/compiled', import.meta.url));

/**
 * What cannot be said any more once the process has begun: `npm start` and the image do. Node loads nothing to strip
 * types with where it has kept what it made of the source (18 MB), and the threads share what they give back (10 MB).
 */
export const OWN_ENVIRONMENT = { NODE_COMPILE_CACHE: COMPILED, MALLOC_ARENA_MAX: '1' };

/** V8 looks at them at every collection, and not only when it starts. */
const FLAGS = [
  // By so much the heap grows until the next collection, or by 8 MB: not to its double and more.
  '--heap-growing-percent=30',
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
