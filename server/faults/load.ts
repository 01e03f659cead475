import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto';
import { signForProcess } from '../testing/server-process.ts';
import { AGENT, CLIENT, type TestUser } from '../testing/users.ts';

/** Something a person wanted to happen, and would ask for again with the same key until it is acknowledged. */
export interface Wish {
  path: string;
  user: TestUser;
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

/** Half of how long a token is valid. */
const TOKEN_KEPT_MS = 5 * 60_000;

export const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');

/** People who file tickets, reply and attach files as fast as they are answered. */
export function createLoad(): Load {
  const tokens = new Map<string, { token: string; until: number }>();
  const authorize = async (user: TestUser) => {
    const known = tokens.get(user.sub);
    if (known && known.until > Date.now()) return `Bearer ${known.token}`;
    const token = await signForProcess(user);
    tokens.set(user.sub, { token, until: Date.now() + TOKEN_KEPT_MS });
    return `Bearer ${token}`;
  };
  let clients = 0;
  let working: Array<Promise<void>> = [];
  let stopped = false;

  /** @returns the number of the ticket, when it is one */
  const send = async (url: string, wish: Wish): Promise<string | undefined> => {
    const response = await fetch(url + wish.path, {
      method: 'POST',
      headers: {
        authorization: await authorize(wish.user),
        'content-type': 'application/json',
        'idempotency-key': wish.key,
      },
      body: JSON.stringify(wish.body),
    });
    const answer = (await response.json()) as { number?: string };
    if (response.status !== 201) {
      load.refused.push(`${response.status} ${JSON.stringify(answer)}`);
      return undefined;
    }
    load.acknowledged.push(wish);
    return answer.number;
  };
  const upload = async (url: string, user: TestUser) => {
    const bytes = randomBytes(randomInt(1, 60_000));
    const form = new FormData();
    form.set('file', new File([bytes], 'a log.txt'));
    const headers = { authorization: await authorize(user) };
    const response = await fetch(`${url}/api/attachments`, { method: 'POST', body: form, headers });
    const { id } = (await response.json()) as { id: string };
    if (response.status !== 201) throw new Error(`An upload was answered with ${response.status}.`);
    const file = { id, sha256: sha256(bytes) };
    load.uploaded.push(file);
    return file;
  };
  const person = async (url: string) => {
    // Somebody new each time: nobody gets more mails than one person is sent in an hour.
    const client = { ...CLIENT, sub: `client-${++clients}`, email: `client-${clients}@example.com` };
    const numbers: string[] = [];
    while (!stopped) {
      let wish: Wish | undefined;
      try {
        // An agent answers; only the client's own tickets are the client's to read.
        const user = numbers.length > 0 && randomInt(3) === 0 ? AGENT : client;
        const files = randomInt(3) === 0 ? [await upload(url, user)] : [];
        wish = think(user, files, numbers);
        const number = await send(url, wish);
        if (number !== undefined) numbers.push(number);
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
        await send(url, wish);
      }
    },
  };
  return load;
}

function think(user: TestUser, files: Wish['files'], numbers: string[]): Wish {
  const text = `${randomUUID()} ${'some words of a log '.repeat(randomInt(1, 100))}`;
  const attachmentIds = files.map((file) => file.id);
  const common = { user, key: randomUUID(), text: sha256(text), files };
  const number = numbers[randomInt(Math.max(1, numbers.length))];
  if (number !== undefined && (user === AGENT || randomInt(2) === 0)) {
    const path = `/api/tickets/${number}/messages`;
    return { ...common, path, body: { body: text, attachmentIds } };
  }
  const ticket = { subject: text.slice(0, 80), category: 'technical', priority: 'normal' };
  return { ...common, path: '/api/tickets', body: { ...ticket, description: text, attachmentIds } };
}
