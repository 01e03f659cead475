import { get, type ClientRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** People at work on a server: each lists, reads, files and answers, a request a second or so. */
export interface Crowd {
  answered: number;
  /** Answers that no request here should get. */
  refused: string[];
  /** Events that the streams have received. */
  events: number;
  /** Streams that ended although nobody wanted them to. */
  dropped: number;
  stop(): Promise<void>;
}

/**
 * @param tokens signs one for a person, by number; asked again now and then, since tokens expire
 * @param pauseMs between two requests of one person
 */
export function gather(
  url: string,
  tokens: (person: number) => Promise<string>,
  { people, streams, pauseMs }: { people: number; streams: number; pauseMs: number },
): Crowd {
  const stopping = new AbortController();
  const open = new Set<ClientRequest>();
  const crowd: Crowd = { answered: 0, refused: [], events: 0, dropped: 0, stop };

  const send = async (person: number, method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${await tokens(person)}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    crowd.answered += 1;
    if (!response.ok && crowd.refused.length < 20)
      crowd.refused.push(`${method} ${path} ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  const work = async (person: number): Promise<void> => {
    const ticket = {
      subject: `Load ${person}`,
      category: 'general',
      priority: 'low',
      description: 'x'.repeat(500),
    };
    const { number } = (await send(person, 'POST', '/api/tickets', ticket)) as { number: string };
    const path = `/api/tickets/${number}`;
    for (let turn = person; !stopping.signal.aborted; turn += 1) {
      if (turn % 10 === 0) await send(person, 'POST', `${path}/messages`, { body: `Turn ${turn}` });
      else
        await send(
          person,
          'GET',
          ['/api/tickets?include=counts&include=unread', `${path}/messages`, path, '/api/session'][turn % 4]!,
        );
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  /** A stream ends with its token; like the element, it is opened again. */
  const listen = async (person: number): Promise<void> => {
    while (!stopping.signal.aborted) {
      const headers = { authorization: `Bearer ${await tokens(person)}` };
      await new Promise<void>((resolve) => {
        const request = get(`${url}/api/events`, { headers, agent: false }, (response) => {
          if (response.statusCode !== 200) crowd.refused.push(`stream ${response.statusCode}`);
          response.on(
            'data',
            (bytes: Buffer) => (crowd.events += bytes.toString().split('event: ticket').length - 1),
          );
          response.on('error', () => undefined);
          response.on('close', resolve);
        });
        open.add(request);
        request.on('error', () => resolve());
        request.on('close', () => open.delete(request));
      });
      if (!stopping.signal.aborted) crowd.dropped += 1;
    }
  };
  const running = [
    ...Array.from({ length: people }, (_value, person) => work(person)),
    ...Array.from({ length: streams }, (_value, stream) => listen(stream % people)),
  ];
  async function stop(): Promise<void> {
    stopping.abort();
    for (const request of open) request.destroy();
    await Promise.all(running);
  }
  return crowd;
}
