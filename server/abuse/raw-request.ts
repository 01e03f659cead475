import { connect } from 'node:net';

/**
 * Sends bytes as they are, past every client's good manners.
 *
 * @param pieces written one after the other, `pauseMs` apart
 * @returns what came back until the connection ended, or until `waitMs` of silence
 */
export async function sendRaw(
  port: number,
  pieces: readonly (string | Uint8Array)[],
  { pauseMs = 0, waitMs = 2000 }: { pauseMs?: number; waitMs?: number } = {},
): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let received = '';
  await new Promise<void>((resolve) => {
    socket.on('data', (bytes) => (received += bytes.toString('latin1')));
    socket.on('error', () => resolve());
    socket.on('close', () => resolve());
    socket.setTimeout(waitMs + pauseMs, () => {
      socket.destroy();
      resolve();
    });
    void (async () => {
      for (const piece of pieces) {
        if (socket.destroyed) return;
        socket.write(piece);
        if (pauseMs > 0) await new Promise((next) => setTimeout(next, pauseMs));
      }
    })();
  });
  return received;
}
