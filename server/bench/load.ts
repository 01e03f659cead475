/** The client side of `http.ts`, a process of its own so that its work is nobody else's. */
import { Agent, get } from 'node:http';

export interface LoadRequest {
  port: number;
  path: string;
  token: string;
  requests: number;
}

const AT_ONCE = 8;
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });

// Nobody is left to ask.
process.on('disconnect', () => process.exit());
process.on('message', async (request: LoadRequest) => {
  let left = request.requests;
  const worker = async () => {
    while (left-- > 0) await ask(request);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  process.send?.('done');
});

function ask({ port, path, token }: LoadRequest): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  return new Promise((resolve, reject) => {
    get({ port, host: '127.0.0.1', path, agent, headers }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`The server answered ${response.statusCode}.`));
      response.resume().once('end', resolve);
    }).once('error', reject);
  });
}
