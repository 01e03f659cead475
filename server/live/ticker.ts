const SECOND = 1000;

/**
 * One timer for everything that has to be looked at each second, and none while there is nothing.
 *
 * @param work returns whether there is something left to look at
 */
export function createTicker(work: () => boolean): { wake(): void } {
  let timer: NodeJS.Timeout | undefined;
  const tick = () => {
    if (work()) return;
    clearInterval(timer);
    timer = undefined;
  };
  return {
    wake() {
      // Does not keep the process alive.
      timer ??= setInterval(tick, SECOND).unref();
    },
  };
}
