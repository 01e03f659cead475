import type { DemoPersonKey } from './people.ts';
import type { SceneTickets } from './scenes.ts';
import type { DemoProcess } from './testing/demo-process.ts';

const DAY = 86_400_000;
const LONG_WORD = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';

/** Finds one of the sample tickets by words of its subject. */
export async function findTicket(demo: DemoProcess, words: string): Promise<string> {
  const answer = await call(demo, 'sofia', 'GET', `/api/tickets?q=${encodeURIComponent(words)}`);
  return (answer['tickets'] as Array<{ number: string }>)[0]!.number;
}

/** Finds or makes the tickets that the scenes are about. */
export async function prepareSceneTickets(demo: DemoProcess): Promise<SceneTickets> {
  const find = (words: string) => findTicket(demo, words);
  const closed = await find('Search index is missing');
  const expired = await find('Rename our organisation');
  await demo.changeRows(
    'UPDATE tickets SET closed_at = ? WHERE id = ?',
    Date.now() - 20 * DAY,
    Number(expired.replace(/\D/g, '')),
  );
  const longWords = await create(demo, {
    subject: `${LONG_WORD} ${'W'.repeat(90)}`,
    description:
      `${LONG_WORD.repeat(3)}\n\nhttps://example.com/${'path/'.repeat(40)}\n\n` +
      `\`\`\`\n${'0123456789abcdef'.repeat(20)}\n\`\`\`\n\n- ${'x'.repeat(200)}\n- short`,
  });
  const long = await create(demo, {
    subject: 'A conversation of two hundred messages',
    description: 'It began small.',
  });
  for (let turn = 1; turn < 200; turn++) {
    const by: DemoPersonKey = turn % 2 ? 'priya' : 'clara';
    await call(demo, by, 'POST', `/api/tickets/${long}/messages`, { body: `Message ${turn + 1} of 200.` });
  }
  return { conversation: await find('Dashboard is blank'), closed, expired, longWords, long };
}

async function create(demo: DemoProcess, text: { subject: string; description: string }): Promise<string> {
  const ticket = { ...text, category: 'general', priority: 'normal' };
  return (await call(demo, 'clara', 'POST', '/api/tickets', ticket))['number'] as string;
}

async function call(
  demo: DemoProcess,
  person: DemoPersonKey,
  method: string,
  path: string,
  body?: unknown,
): Promise<Record<string, unknown>> {
  const { origin } = new URL(demo.url);
  const signedIn = { headers: { cookie: `acme_person=${person}` } };
  const { token } = (await (await fetch(`${origin}/support-token`, signedIn)).json()) as { token: string };
  const response = await fetch(origin + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Record<string, unknown>;
}
