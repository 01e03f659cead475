import { measureBadges } from './badges.ts';
import { openBenchApp, type BenchApp } from './bench-app.ts';
import { removeDatabase, seededDatabase } from './database.ts';
import type { Figure } from './figure.ts';
import { measureSearch } from './search.ts';
import { measureThread } from './thread.ts';
import { measureLists } from './ticket-lists.ts';
import { measureWrites } from './writes.ts';

/** Measured at each size, on a server without a port. */
const AT_EACH_SIZE: Record<string, (bench: BenchApp) => Promise<Figure[]>> = {
  badges: measureBadges,
  lists: measureLists,
  search: measureSearch,
  thread: measureThread,
  writes: measureWrites,
};

export const GROUPS = Object.keys(AT_EACH_SIZE);

export interface RunOptions {
  only: readonly string[];
  /** Numbers of tickets, ascending. */
  sizes: readonly number[];
}

export async function measureGroups(
  { only, sizes }: RunOptions,
  onGroup: (group: string, tickets: number | null) => void,
): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const tickets of sizes) {
    const path = seededDatabase(tickets);
    const bench = await openBenchApp(path, tickets);
    try {
      for (const [group, measure] of Object.entries(AT_EACH_SIZE)) {
        if (!only.includes(group)) continue;
        onGroup(group, tickets);
        figures.push(...(await measure(bench)));
      }
    } finally {
      await bench.close();
      removeDatabase(path);
    }
  }
  return figures;
}
