import type { ChildProcess } from 'node:child_process';

/**
 * The next message of another process.
 *
 * @throws Error when it ends without one
 */
export function answerOf<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: unknown) => {
      child.off('exit', onExit);
      resolve(message as T);
    };
    const onExit = (code: number | null) => {
      child.off('message', onMessage);
      reject(new Error(`A process of the benchmark ended with ${code}.`));
    };
    child.once('message', onMessage);
    child.once('exit', onExit);
  });
}
