/** One side of a comparison. */
export type Work = () => unknown;

export interface Comparison {
  /** Microseconds a call of `work`, in its fastest batch. Moves with the machine: for orientation only. */
  micros: number;
  /** How many times as long as `baseline`; null without one. */
  ratio: number | null;
}

const ROUNDS = 9;
const BATCH_MS = 12;

/**
 * Runs both in turns, in batches, and compares the fastest batch of each: a stall of the machine slows single batches
 * of either side, never all of one.
 */
export async function compare(work: Work, baseline?: Work): Promise<Comparison> {
  const calls = await callsPerBatch(work);
  const baselineCalls = baseline ? await callsPerBatch(baseline) : 0;
  let best = Infinity;
  let bestBaseline = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    best = Math.min(best, await batch(work, calls));
    if (baseline) bestBaseline = Math.min(bestBaseline, await batch(baseline, baselineCalls));
  }
  return { micros: best * 1000, ratio: baseline ? best / bestBaseline : null };
}

async function callsPerBatch(work: Work): Promise<number> {
  // Warm first: compiled code, prepared statements, pages in memory.
  for (let call = 0; call < 5; call++) await work();
  const once = await batch(work, 3);
  return Math.max(1, Math.min(2000, Math.round(BATCH_MS / once)));
}

/** @returns milliseconds a call */
async function batch(work: Work, calls: number): Promise<number> {
  const start = performance.now();
  for (let call = 0; call < calls; call++) await work();
  return (performance.now() - start) / calls;
}
