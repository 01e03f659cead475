import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { signForProcess } from '../testing/server-process.ts';
import { AGENT, CLIENT } from '../testing/users.ts';

/** Something a person wanted to happen, and would ask for again with the same key until it is acknowledged. */
export interface Wish {
  path: string;
  user: 'client' | 'agent';
  key: string;
  body: Record<string, unknown>;
  /** Hash of the text, by which it is found again. */
  text: string;
  files: Array<{ id: string; sha256: string }>;
}

export interface Load {
  /** Wishes that were answered with 201. */
  acknowledged: Wish[];
  /** Wishes whose answer never came: whether they were fulfilled nobody knows. */
  unanswered: Wish[];
  /** Uploads that were answered with 201. */
  uploaded: Array<{ id: string; sha256: string }>;
  /** Answers that are neither 201 nor the silence of a server that is gone. */
  refused: string[];
  /** Lets so many people work on the server at `url`, until `stop`. */
  run(url: string, people: number): void;
  /** Waits for what is under way. */
  stop(): Promise<void>;
  /** Asks again for everything unanswered. */
  repeat(url: string): Promise<void>;
}

export const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');

/** People who file tickets, reply and attach files as fast as they are answered. */
export async function createLoad(): Promise<Load> {
  const tokens = { client: await signForProcess(CLIENT), agent: await signForProcess(AGENT) };
  const numbers: string[] = [];
  let working: Array<Promise<void>> = [];
  let stopped = false;

  const send = async (url: string, wish: Wish): Promise<boolean> => {
    const response = await fetch(url + wish.path, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${tokens[wish.user]}`,
        'content-type': 'application/json',
        'idempotency-key': wish.key,
      },
      body: JSON.stringify(wish.body),
    });
    const answer = (await response.json()) as { number?: string };
    if (response.status !== 201) {
      load.refused.push(`${response.status} ${JSON.stringify(answer)}`);
      return true;
    }
    if (answer.number !== undefined) numbers.push(answer.number);
    load.acknowledged.push(wish);
    return true;
  };
  const upload = async (url: string, user: Wish['user']) => {
    const bytes = randomBytes(randomInt(1, 60_000));
    const form = new FormData();
    form.set('file', new File([bytes], 'a log.txt'));
    const headers = { authorization: `Bearer ${tokens[user]}` };
    const response = await fetch(`${url}/api/attachments`, { method: 'POST', body: form, headers });
    const { id } = (await response.json()) as { id: string };
    if (response.status !== 201) throw new Error(`An upload was answered with ${response.status}.`);
    const file = { id, sha256: sha256(bytes) };
    load.uploaded.push(file);
    return file;
  };
  const person = async (url: string) => {
    while (!stopped) {
      let wish: Wish | undefined;
      try {
        // An agent answers; only the client's own tickets are the client's to read.
        const user = numbers.length > 0 && randomInt(3) === 0 ? 'agent' : 'client';
        const files = randomInt(3) === 0 ? [await upload(url, user)] : [];
        wish = think(user, files, numbers);
        await send(url, wish);
      } catch (error) {
        // What `fetch` throws when the server is gone.
        if (!(error instanceof TypeError)) load.refused.push(String(error));
        if (wish) load.unanswered.push(wish);
        return;
      }
    }
  };
  const load: Load = {
    acknowledged: [],
    unanswered: [],
    uploaded: [],
    refused: [],
    run(url, people) {
      stopped = false;
      working = Array.from({ length: people }, () => person(url));
    },
    async stop() {
      stopped = true;
      await Promise.all(working);
    },
    async repeat(url) {
      const wishes = load.unanswered.splice(0);
      for (const wish of wishes) {
        for (let attempt = 0; !(await send(url, wish).catch(() => false)); attempt++) {
          if (attempt === 50) throw new Error('The server does not answer.');
          await sleep(20);
        }
      }
    },
  };
  return load;
}

function think(user: Wish['user'], files: Wish['files'], numbers: string[]): Wish {
  const text = `${randomUUID()} ${'some words of a log '.repeat(randomInt(1, 100))}`;
  const attachmentIds = files.map((file) => file.id);
  const common = { user, key: randomUUID(), text: sha256(text), files };
  const number = numbers[randomInt(Math.max(1, numbers.length))];
  if (number !== undefined && (user === 'agent' || randomInt(2) === 0)) {
    const path = `/api/tickets/${number}/messages`;
    return { ...common, path, body: { body: text, attachmentIds } };
  }
  const ticket = { subject: text.slice(0, 80), category: 'technical', priority: 'normal' };
  return { ...common, path: '/api/tickets', body: { ...ticket, description: text, attachmentIds } };
}
