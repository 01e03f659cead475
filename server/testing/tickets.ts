import type { Message, NewTicket, Ticket } from '../contract/tickets.ts';
import type { TestClient } from './test-client.ts';

const SAMPLE: NewTicket = {
  subject: 'Printer on fire',
  category: 'technical',
  priority: 'high',
  description: 'Smoke comes out of it.',
};

/** Files a ticket; `fields` replaces single ones. */
export async function fileTicket(client: TestClient, fields: Partial<NewTicket> = {}): Promise<Ticket> {
  return expectStatus(await client.post('/api/tickets', { ...SAMPLE, ...fields }), 201);
}

/** Writes a reply or a note. */
export async function reply(
  client: TestClient,
  number: string,
  fields: { body?: string; internal?: boolean; attachmentIds?: string[]; status?: string } = {},
): Promise<Message> {
  return expectStatus(
    await client.post(`/api/tickets/${number}/messages`, { body: 'Some words.', ...fields }),
    201,
  );
}

export async function readTicket(client: TestClient, number: string): Promise<Ticket> {
  return expectStatus(await client.get(`/api/tickets/${number}`), 200);
}

/** Changes a ticket whatever its version is. */
export async function patchTicket(client: TestClient, number: string, patch: unknown): Promise<Ticket> {
  return expectStatus(await client.patch(`/api/tickets/${number}`, patch, { 'if-match': '*' }), 200);
}

/** @returns the body, which is what the status promises */
export async function expectStatus<T>(response: Response, status: number): Promise<T> {
  const text = await response.text();
  if (response.status !== status) {
    throw new Error(`Expected ${status}, got ${response.status}: ${text}`);
  }
  return (text === '' ? undefined : JSON.parse(text)) as T;
}
