import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Attachment } from '../contract/tickets.ts';
import { PNG } from '../testing/png.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { ADMIN, AGENT, CLIENT, OTHER_CLIENT, type TestUser } from '../testing/users.ts';

let test: TestApp;
beforeEach(async () => {
  test = await createTestApp();
});
afterEach(() => test.close());

const png = { name: 'screen.png', content: PNG, type: 'image/png' };

async function upload(user: TestUser, file = png): Promise<Attachment> {
  const response = await test.as(user).upload('/api/attachments', file);
  expect(response.status).toBe(201);
  return Attachment.parse(await response.json());
}

describe('GET /api/attachments/:id', () => {
  const read = (user: TestUser, id: string, headers?: Record<string, string>) =>
    test.as(user).get(`/api/attachments/${id}`, undefined, headers);

  it('shows an image inline, in a cage', async () => {
    const { id } = await upload(CLIENT);
    const response = await read(CLIENT, id);
    expect(response.status).toBe(200);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array(PNG));
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(PNG.byteLength),
      'content-disposition': `inline; filename="screen.png"; filename*=UTF-8''screen.png`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
      'cache-control': 'private, no-cache',
    });
  });

  it('lets everything else be downloaded only', async () => {
    const { id } = await upload(CLIENT, {
      name: 'Bericht.html',
      content: Buffer.from('<h1>'),
      type: 'text/html',
    });
    const response = await read(CLIENT, id);
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="Bericht\.html"/);
    expect(await response.text()).toBe('<h1>');
  });

  it('answers 304 to who has it, and the headers alone to HEAD', async () => {
    const { id } = await upload(CLIENT);
    const etag = (await read(CLIENT, id)).headers.get('etag')!;
    expect((await read(CLIENT, id, { 'if-none-match': etag })).status).toBe(304);
    expect((await read(OTHER_CLIENT, id, { 'if-none-match': etag })).status).toBe(404);
    const headers = { authorization: `Bearer ${await test.token(CLIENT)}` };
    const head = await test.app.request(`/api/attachments/${id}`, { method: 'HEAD', headers });
    expect(head.status).toBe(200);
    expect(head.headers.get('content-length')).toBe(String(PNG.byteLength));
  });

  it('is its uploader’s alone until it is sent', async () => {
    const { id } = await upload(CLIENT);
    for (const user of [OTHER_CLIENT, AGENT, ADMIN]) expect((await read(user, id)).status).toBe(404);
    expect((await read(CLIENT, id)).status).toBe(200);
  });

  it('is as readable as its message once it is sent', async () => {
    const mine = await upload(CLIENT);
    const created = await test.as(CLIENT).post('/api/tickets', {
      subject: 'Printer',
      category: 'technical',
      priority: 'normal',
      description: 'It smokes.',
      attachmentIds: [mine.id],
    });
    const { number } = (await created.json()) as { number: string };
    for (const user of [CLIENT, AGENT, ADMIN]) expect((await read(user, mine.id)).status).toBe(200);
    expect((await read(OTHER_CLIENT, mine.id)).status).toBe(404);

    const inNote = await upload(AGENT);
    const inReply = await upload(AGENT);
    const post = (body: object) => test.as(AGENT).post(`/api/tickets/${number}/messages`, body);
    expect((await post({ body: 'Look', internal: true, attachmentIds: [inNote.id] })).status).toBe(201);
    expect((await post({ body: 'Here', attachmentIds: [inReply.id] })).status).toBe(201);
    expect((await read(CLIENT, inReply.id)).status).toBe(200);
    expect((await read(CLIENT, inNote.id)).status).toBe(404);
    expect((await read(ADMIN, inNote.id)).status).toBe(200);
    expect((await read(OTHER_CLIENT, inReply.id)).status).toBe(404);
  });

  it('answers 404 for what is not there, the same as for what is not yours', async () => {
    const { id } = await upload(CLIENT);
    const bodies = await Promise.all(
      [id, 'no-such-attachment-here', '..%2f..%2fetc%2fpasswd'].map(async (one) => {
        const response = await read(OTHER_CLIENT, one);
        expect(response.status).toBe(404);
        return await response.text();
      }),
    );
    expect(new Set(bodies).size).toBe(1);
  });

  it('answers 404 and logs it when the bytes are gone', async () => {
    const { id } = await upload(CLIENT);
    await test.deps.storage.delete(id);
    expect((await read(CLIENT, id)).status).toBe(404);
    expect(test.logs).toContainEqual(expect.objectContaining({ event: 'attachment_bytes_missing' }));
  });
});
