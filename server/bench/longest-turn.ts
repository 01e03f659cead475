/** What the event loop was kept from while something ran. */
export interface Turns {
  totalMs: number;
  /** Of the processor's time, which a neighbour on the machine does not lengthen. */
  longestMs: number;
}

/** Runs `work` and tells of it. The first call also compiles: let there be one before. */
export async function longestTurn(work: () => Promise<unknown>): Promise<Turns> {
  let longestMs = 0;
  let last = processorMs();
  let isDone = false;
  const look = () => {
    const now = processorMs();
    longestMs = Math.max(longestMs, now - last);
    last = now;
    if (!isDone) setImmediate(look);
  };
  setImmediate(look);
  const start = processorMs();
  await work();
  isDone = true;
  look();
  return { totalMs: processorMs() - start, longestMs };
}

/** Of this thread. */
function processorMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
