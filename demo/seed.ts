import { drawBlankDashboard, drawLatencyChart } from './draw-png.ts';
import { PEOPLE, type DemoPersonKey } from './people.ts';
import { ACCOUNT } from './samples/account.ts';
import { BILLING } from './samples/billing.ts';
import { GENERAL } from './samples/general.ts';
import type { SampleFile, SampleStep, SampleTicket } from './samples/sample.ts';
import { TECHNICAL } from './samples/technical.ts';

const HOUR = 3_600_000;
/** How long what happened last to a ticket stays unread by its requester. */
const NEWS = 20 * HOUR;

/** The support server as the samples reach it: its HTTP API, at a time that they choose. */
export interface SampleStage {
  /** Milliseconds since 1970 UTC at which the first start happens. */
  now: number;
  /** Sets the server's clock. */
  setTime(ms: number): void;
  /** A request of this person, with a token that is valid at the server's time. */
  request(person: DemoPersonKey, path: string, init?: RequestInit): Promise<Response>;
}

type Event = { at: number; run: () => Promise<void> };

/** Plays a month of support through the API, in the order in which it happened. */
export async function seedSamples(stage: SampleStage): Promise<number> {
  const samples = [...TECHNICAL, ...BILLING, ...ACCOUNT, ...GENERAL];
  const events: Event[] = [];
  // Agents are known to the server once they have signed in; with the first event of all.
  const arrival = stage.now - 800 * HOUR;
  for (const key of Object.keys(PEOPLE) as DemoPersonKey[]) {
    events.push({ at: arrival, run: async () => void (await send(stage, key, 'GET', '/api/session')) });
  }
  for (const sample of samples) events.push(...planTicket(stage, sample));
  events.sort((a, b) => a.at - b.at);
  for (const event of events) {
    stage.setTime(event.at);
    await event.run();
  }
  return samples.length;
}

function planTicket(stage: SampleStage, sample: SampleTicket): Event[] {
  let number = '';
  let at = stage.now - sample.hoursAgo * HOUR;
  const create: Event = {
    at,
    run: async () => {
      const app = PEOPLE[sample.by].relatedApps.find(({ id }) => id === sample.app);
      const ticket = await send(stage, sample.by, 'POST', '/api/tickets', {
        subject: sample.subject,
        category: sample.category,
        priority: sample.priority,
        description: sample.description,
        attachmentIds: await upload(stage, sample.by, sample.files),
        relatedApp: app ?? null,
      });
      number = ticket['number'] as string;
    },
  };
  const steps = (sample.steps ?? []).map((step): Event => {
    at += step.after * HOUR;
    return { at, run: () => takeStep(stage, number, step) };
  });
  // What is older has been read by then: not every line of a first look is news.
  const read: Event = {
    at: at + HOUR,
    run: async () => void (await send(stage, sample.by, 'GET', `/api/tickets/${number}/messages`)),
  };
  return [create, ...steps, ...(stage.now - at > NEWS ? [read] : [])];
}

async function takeStep(stage: SampleStage, number: string, step: SampleStep): Promise<void> {
  const path = `/api/tickets/${number}`;
  if ('reply' in step) {
    const attachmentIds = await upload(stage, step.by, step.files);
    const body = { body: step.reply, attachmentIds, ...(step.status && { status: step.status }) };
    await send(stage, step.by, 'POST', `${path}/messages`, body);
  } else if ('note' in step) {
    await send(stage, step.by, 'POST', `${path}/messages`, { body: step.note, internal: true });
  } else if ('close' in step) {
    await send(stage, step.by, 'POST', `${path}/close`);
  } else if ('reopen' in step) {
    await send(stage, step.by, 'POST', `${path}/reopen`, { message: step.reopen });
  } else {
    const { assignee, ...change } = step.change;
    const patch = { ...change, ...(assignee && { assigneeId: PEOPLE[assignee].id }) };
    await send(stage, step.by, 'PATCH', path, patch, { 'if-match': '*' });
  }
}

const FILES: Record<SampleFile, () => Uint8Array> = {
  'blank-dashboard.png': drawBlankDashboard,
  'latency.png': drawLatencyChart,
  'worker.log': () =>
    text(
      '06:38:02 worker-7 heap 1.9 GB\n06:39:11 worker-7 heap 2.0 GB\n06:40:00 worker-7 killed: out of memory\n',
    ),
  'invoice-2291.csv': () => text('position,amount\nPro plan,49.00\nBandwidth,12.40\n'),
};

const text = (value: string) => new TextEncoder().encode(value);

async function upload(stage: SampleStage, by: DemoPersonKey, files: SampleFile[] = []): Promise<string[]> {
  const ids: string[] = [];
  for (const name of files) {
    const form = new FormData();
    form.set('file', new File([new Uint8Array(FILES[name]())], name));
    const response = await stage.request(by, '/api/attachments', { method: 'POST', body: form });
    ids.push(((await check(response)) as { id: string }).id);
  }
  return ids;
}

async function send(
  stage: SampleStage,
  by: DemoPersonKey,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Record<string, unknown>> {
  const init: RequestInit = { method, headers: { ...headers } };
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { 'content-type': 'application/json', ...headers };
  }
  return await check(await stage.request(by, path, init));
}

async function check(response: Response): Promise<Record<string, unknown>> {
  if (!response.ok) throw new Error(`Sample: ${response.status} ${await response.text()}`);
  return (await response.json()) as Record<string, unknown>;
}
