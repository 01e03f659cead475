import { measureBadges } from './badges.ts';
import { openBenchApp, type BenchApp } from './bench-app.ts';
import { removeDatabase, seededDatabase } from './database.ts';
import type { Figure } from './figure.ts';
import { measureHttp } from './http.ts';
import { measureLoad } from './mixed-load.ts';
import { measureSearch } from './search.ts';
import { measureStart } from './start.ts';
import { measureStreamGroup } from './streams.ts';
import { measureThread } from './thread.ts';
import { measureLists } from './ticket-lists.ts';
import { measureWrites } from './writes.ts';

interface Group {
  name: string;
  /** On a database of a size. */
  onDatabase?(bench: BenchApp): Promise<Figure[]>;
  /** On the largest only. */
  isForLargest?: true;
  /** Whatever the size. */
  once?(): Promise<Figure[]>;
}

/** In this order: those that read come before those that write. */
const ALL: readonly Group[] = [
  { name: 'start', onDatabase: measureStart },
  { name: 'badges', onDatabase: measureBadges },
  { name: 'lists', onDatabase: measureLists },
  { name: 'http', onDatabase: measureHttp },
  { name: 'thread', onDatabase: measureThread },
  { name: 'writes', onDatabase: measureWrites },
  { name: 'search', onDatabase: measureSearch },
  { name: 'load', onDatabase: measureLoad, isForLargest: true },
  // Loaded only for this: it needs the programs of PostgreSQL.
  { name: 'both', once: async () => (await import('./both.ts')).measureBoth() },
  { name: 'streams', once: () => measureStreamGroup() },
  // Loaded only for this: without a browser on the machine all others can be measured.
  { name: 'element', once: async () => (await import('./element.ts')).measureElement() },
];

export const GROUPS = ALL.map(({ name }) => name);

export interface RunOptions {
  only: readonly string[];
  /** Numbers of tickets, ascending. */
  sizes: readonly number[];
}

/** @param figures gets what is measured, group after group */
export async function measureGroups(
  { only, sizes }: RunOptions,
  figures: Figure[],
  onGroup: (group: string, tickets: number | null) => void,
): Promise<void> {
  const wanted = ALL.filter(({ name }) => only.includes(name));
  for (const tickets of sizes) {
    const here = wanted.filter(
      (group) => group.onDatabase && (!group.isForLargest || tickets === sizes.at(-1)),
    );
    if (here.length === 0) continue;
    const path = seededDatabase(tickets);
    const bench = await openBenchApp(path, tickets);
    try {
      for (const { name, onDatabase } of here) {
        onGroup(name, tickets);
        figures.push(...(await onDatabase!(bench)));
      }
    } finally {
      await bench.close();
      removeDatabase(path);
    }
  }
  for (const { name, once } of wanted) {
    if (!once) continue;
    onGroup(name, null);
    figures.push(...(await once()));
  }
}
