import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HistoryAnswer, MessagePage, Ticket } from '../contract/tickets.ts';
import type { TicketPage } from '../contract/session.ts';
import { parseSearch } from '../db/search.ts';
import { toCell } from '../export/csv.ts';
import { findDamage } from '../testing/find-damage.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { expectStatus, fileTicket, reply } from '../testing/tickets.ts';
import { ADMIN, AGENT, CLIENT, OTHER_CLIENT, type TestUser } from '../testing/users.ts';
import { CORPORA, EVERY_STRING, type Corpus } from './corpora.ts';
import { fill, pathsOf, readAnswer, routesBehindToken, VERBS } from './route-table.ts';

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp();
});
afterAll(() => test.close());

const NEW = { category: 'general', priority: 'low' } as const;
const canBeStored = (text: string) => text.isWellFormed() && !text.includes('\0') && text.trim() !== '';

/** Sent as bytes: `JSON.stringify` escapes lone surrogates, which is how they would arrive. */
async function send(user: TestUser, method: string, path: string, body: unknown): Promise<Response> {
  const headers = {
    authorization: `Bearer ${await test.token(user)}`,
    'content-type': 'application/json',
    'if-match': '*',
  };
  return test.app.request(path, { method, headers, body: JSON.stringify(body) });
}

describe.each(Object.keys(CORPORA) as Corpus[])('%s', (corpus) => {
  const strings: readonly string[] = CORPORA[corpus];

  it('is text in every field of a ticket, a reply and a note, and comes back as it went in', async () => {
    for (const text of strings) {
      for (const user of [CLIENT, AGENT]) {
        const response = await send(user, 'POST', '/api/tickets', {
          ...NEW,
          subject: text,
          description: text,
          relatedApp: { id: text.slice(0, 100).toWellFormed(), name: text.slice(0, 200).toWellFormed() },
        });
        if (!canBeStored(text) || text.length > 200) {
          expect(response.status, text).toBe(422);
          continue;
        }
        const ticket = await expectStatus<Ticket>(response, 201);
        expect(ticket.subject).toBe(text.replace(/\s+/gu, ' ').trim());
        expect(ticket.relatedApp).toEqual({ id: text.slice(0, 100), name: text });
        await expectStatus(
          await send(user, 'POST', `/api/tickets/${ticket.number}/messages`, { body: text }),
          201,
        );
        await reply(test.as(AGENT), ticket.number, { body: text, internal: true });
        const { messages } = await expectStatus<MessagePage>(
          await test.as(AGENT).get(`/api/tickets/${ticket.number}/messages`),
          200,
        );
        expect(messages.map(({ body }) => body)).toEqual([text, text, text]);
        await expectFound(user, text, ticket.number);
      }
    }
  });

  /** What a subject says finds it: nothing in it is an operator. */
  async function expectFound(user: TestUser, text: string, number: string): Promise<void> {
    const typed = text.replace(/\s+/gu, ' ').trim();
    if (!parseSearch(typed, 'SUP')) return;
    const query = new URLSearchParams({ q: typed, limit: '100' });
    const page = await expectStatus<TicketPage>(await test.as(user).get(`/api/tickets?${query}`), 200);
    expect(
      page.tickets.map((ticket) => ticket.number),
      typed,
    ).toContain(number);
  }

  it('is a name like another in tokens, files and settings', async () => {
    for (const text of strings) {
      const user = { ...CLIENT, sub: text, name: text, email: 'injected@example.com' };
      const session = await test
        .as(user)
        .get('/api/session')
        .catch(() => undefined);
      if (session?.status === 200) {
        const { actor } = (await session.json()) as { actor: { id: string } };
        expect(actor.id).toBe(text);
      } else expect(session?.status ?? 401, text).toBe(401);

      const upload = await test
        .as(CLIENT)
        .upload('/api/attachments', { name: text, content: 'x', type: text });
      const { id, name } = await expectStatus<{ id: string; name: string }>(upload, 201);
      expect(name).toMatch(/^[^\p{Cc}\p{Cf}\p{Cs}/\\]{1,200}$/u);
      const file = await test.as(CLIENT).get(`/api/attachments/${id}`);
      expect(file.headers.get('content-disposition')).toMatch(
        /^attachment; filename="[\x20-\x7e]+"; filename\*=UTF-8''[\w.~!$&+^`|%#-]+$/,
      );

      for (const [field, value] of [
        ['supportUrl', text],
        ['notificationEmail', text],
        ['assignment', { mode: 'agent', agentId: text, assignToFirstReplier: false }],
      ] as const) {
        const { status } = await send(ADMIN, 'PUT', '/api/settings', { [field]: value });
        // Emptied, white space means none; one of the addresses is a web address, if an ill-meant one.
        const isFine = text.trim() === '' || (field === 'supportUrl' && /^http:\/\/169/.test(text));
        expect(status, `${field} ${text}`).toBe(isFine && field !== 'assignment' ? 200 : 422);
      }
    }
    await send(ADMIN, 'PUT', '/api/settings', { supportUrl: null, notificationEmail: null });
  });

  it('breaks no route, in path, query or header', async () => {
    for (const text of strings) {
      const requests = pathsOf(routesBehindToken(test.app)).map((path) =>
        fill(path, () => text.toWellFormed()),
      );
      const lists = ['/api/tickets', '/api/tickets/counts', '/api/tickets/SUP-1001/messages'];
      for (const name of [
        'q',
        'assignee',
        'status',
        'cursor',
        'sort',
        'limit',
        'include',
        text.toWellFormed(),
      ]) {
        requests.push(...lists.map((path) => `${path}?${new URLSearchParams([[name, text]])}`));
      }
      for (const target of requests) {
        const { status } = await readAnswer(await test.as(AGENT).get(target));
        expect([200, 400, 403, 404], target).toContain(status);
      }
    }
    const { number } = await fileTicket(test.as(CLIENT));
    for (const text of strings.filter((one) => /^[\t\x20-\xff]*$/.test(one))) {
      const headers: Record<string, string> = {};
      for (const name of [
        'if-match',
        'idempotency-key',
        'x-request-id',
        'origin',
        'accept-encoding',
        'x-forwarded-for',
        'last-event-id',
        'accept-language',
      ]) {
        headers[name] = text;
      }
      for (const method of VERBS) {
        const body = method === 'POST' || method === 'PATCH' ? { body: 'x' } : undefined;
        const response = await test.app.request(
          `/api/tickets/${number}${method === 'POST' ? '/messages' : ''}`,
          {
            method,
            headers: {
              authorization: `Bearer ${await test.token(AGENT)}`,
              'content-type': 'application/json',
              ...headers,
            },
            ...(body && { body: JSON.stringify(body) }),
          },
        );
        expect(response.status, `${method} ${text}`).toBeLessThan(500);
        for (const [name, value] of response.headers) {
          if (value === text) expect(['x-request-id']).toContain(name);
        }
        await response.body?.cancel();
      }
    }
  });
});

describe('afterwards', () => {
  it('the database is whole, and nobody sees what is not theirs', async () => {
    expect(await findDamage(test.deps.db)).toEqual([]);
    const others = await expectStatus<TicketPage>(
      await test.as(OTHER_CLIENT).get('/api/tickets?include=counts'),
      200,
    );
    expect(others.tickets).toEqual([]);
    const history = await expectStatus<HistoryAnswer>(
      await test.as(CLIENT).get('/api/tickets/SUP-1001/history'),
      200,
    );
    expect(history.entries.length).toBeGreaterThan(0);
  });

  it('no cell of an export is a formula, or more than one cell', () => {
    for (const text of EVERY_STRING) {
      const cell = toCell(text);
      expect(cell, text).toMatch(/^"(?:[^"]|"")*"$/);
      expect(cell, text).not.toMatch(/^"[\s\p{Cc}\p{Cf}]*[=+\-@|%]/u);
    }
  });

  it('every mail is text in the frame we made: no tag, attribute or header is from outside', async () => {
    const mails = await test.mails();
    expect(mails.length).toBeGreaterThan(EVERY_STRING.length);
    for (const { payload } of mails) {
      expect(foreignMarkup(payload.html), payload.html).toEqual([]);
      for (const line of [
        payload.to,
        payload.from,
        payload.subject,
        ...Object.values(payload.headers ?? {}),
      ]) {
        expect(line).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066\u2067]/u);
        expect(line.isWellFormed()).toBe(true);
      }
      expect(payload.text).not.toMatch(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066\u2067]/u);
    }
  });
});

const TAGS =
  /^(?:!doctype|html|head|meta|title|body|table|tr|td|h1|p|div|pre|br|a|code|ul|ol|li|blockquote|strong|em|span)$/;
const ATTRIBUTES =
  /^(?:style|href|role|width|cellpadding|cellspacing|border|align|valign|dir|lang|charset|name|content|html)$/;

/** Whatever stands in the mail as markup and is not of our templates. */
function foreignMarkup(html: string): string[] {
  const foreign: string[] = [];
  for (const [tag, name, attributes] of html.matchAll(/<\/?([^\s/>]*)((?:"[^"]*"|[^">])*)>?/g)) {
    if (!TAGS.test(name!.toLowerCase())) foreign.push(tag);
    for (const [, attribute, value] of attributes!.matchAll(/([^\s=/]+)(?:="([^"]*)")?/g)) {
      if (!ATTRIBUTES.test(attribute!)) foreign.push(tag);
      else if (value !== undefined && /javascript|expression|url\(|evil/i.test(value)) foreign.push(tag);
    }
  }
  return foreign;
}
