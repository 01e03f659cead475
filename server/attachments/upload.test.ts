import { readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Attachment } from '../contract/tickets.ts';
import { PNG } from '../testing/png.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { CLIENT, OTHER_CLIENT, type TestUser } from '../testing/users.ts';

const MIB = 1024 * 1024;
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

async function storedFiles(): Promise<string[]> {
  const entries = await readdir(test.folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

/** A request whose body is written by hand. */
async function raw(body: string | ReadableStream, type = 'multipart/form-data; boundary=XX') {
  const headers = { authorization: `Bearer ${await test.token(CLIENT)}`, 'content-type': type };
  return await test.app.request('/api/attachments', {
    method: 'POST',
    headers,
    body,
    duplex: 'half',
  } as RequestInit);
}

const part = (disposition: string, content: string) =>
  `--XX\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${content}\r\n`;

describe('POST /api/attachments', () => {
  it('stores the file and tells what it took it for', async () => {
    const attachment = await upload(CLIENT);
    expect(attachment).toEqual({
      id: expect.stringMatching(/^[\w-]{16,}$/) as string,
      name: 'screen.png',
      size: PNG.byteLength,
      contentType: 'image/png',
    });
    expect(await storedFiles()).toEqual([attachment.id]);
  });

  it('goes by the bytes, not by name or claim', async () => {
    const html = await upload(CLIENT, {
      name: 'image.png',
      content: Buffer.from('<script>alert(1)</script>'),
      type: 'image/png',
    });
    expect(html.contentType).toBe('application/octet-stream');
    const svg = await upload(CLIENT, {
      name: 'a.svg',
      content: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      type: 'image/svg+xml',
    });
    expect(svg.contentType).toBe('application/octet-stream');
    const gif = await upload(CLIENT, { name: 'a.txt', content: Buffer.from('GIF89a…'), type: 'text/plain' });
    expect(gif.contentType).toBe('image/gif');
  });

  it('cleans the name', async () => {
    const body = `${part('name="file"; filename="..\\..\\evil\u202Egnp.exe"', 'x')}--XX--\r\n`;
    expect(await (await raw(body)).json()).toMatchObject({ name: 'evilgnp.exe' });
  });

  it('takes exactly 10 MiB and not a byte more', async () => {
    const bytes = new Uint8Array(10 * MIB);
    expect((await upload(CLIENT, { ...png, content: bytes })).size).toBe(10 * MIB);
    const response = await test
      .as(CLIENT)
      .upload('/api/attachments', { ...png, content: new Uint8Array(10 * MIB + 1) });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ code: 'payload_too_large' });
    expect(await storedFiles()).toHaveLength(1);
  });

  it('stops reading a stream without a declared length at the limit', async () => {
    let sent = 0;
    const chunk = new Uint8Array(MIB);
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(
          new TextEncoder().encode(
            '--XX\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n',
          ),
        );
      },
      pull(controller) {
        sent += chunk.byteLength;
        controller.enqueue(chunk);
      },
    });
    expect((await raw(body)).status).toBe(413);
    expect(sent).toBeLessThan(20 * MIB);
    expect(await storedFiles()).toEqual([]);
  });

  it.each([
    ['no file', '--XX--\r\n', 'file'],
    ['an empty one', `${part('name="file"; filename="a"', '')}--XX--\r\n`, 'file'],
    ['text in its place', `${part('name="file"', 'text')}--XX--\r\n`, 'file'],
    [
      'two',
      `${part('name="file"; filename="a"', 'x')}${part('name="file"; filename="b"', 'y')}--XX--\r\n`,
      'file',
    ],
    ['another field', `${part('name="upload"; filename="a"', 'x')}--XX--\r\n`, 'upload'],
    [
      'another field beside it',
      `${part('name="file"; filename="a"', 'x')}${part('name="note"', 'y')}--XX--\r\n`,
      'note',
    ],
  ])('answers 422 for %s and keeps nothing', async (_what, body, path) => {
    const response = await raw(body);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ code: 'validation_failed', errors: [{ path }] });
    expect(await storedFiles()).toEqual([]);
  });

  it.each([
    ['a form that breaks off', part('name="file"; filename="a"', 'half'), undefined],
    ['a form that breaks off in a header', '--XX\r\nContent-Dispo', undefined],
    ['another form', 'file=x', 'application/x-www-form-urlencoded'],
    ['a form without a boundary', '--XX--', 'multipart/form-data'],
    ['JSON', '{}', 'application/json'],
    ['nothing', '', undefined],
  ])('answers 400 for %s and keeps nothing', async (_what, body, type) => {
    const response = await raw(body, type);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'invalid_request' });
    expect(await storedFiles()).toEqual([]);
  });

  it('keeps nothing of an upload whose sender goes away', async () => {
    const body = new ReadableStream<Uint8Array>({
      async start(controller) {
        controller.enqueue(new TextEncoder().encode(part('name="file"; filename="a"', 'x'.repeat(100_000))));
        await sleep(20);
        controller.error(new Error('gone'));
      },
    });
    expect((await raw(body)).status).toBe(400);
    expect(await storedFiles()).toEqual([]);
  });

  it('holds a user to 500 MiB, and others are free', async () => {
    await upload(CLIENT);
    const full = { size: 500 * MIB - PNG.byteLength };
    await test.deps.db.updateTable('attachments').set(full).execute();
    await upload(CLIENT);
    const response = await test.as(CLIENT).upload('/api/attachments', png);
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ code: 'payload_too_large' });
    expect(await storedFiles()).toHaveLength(2);
    await upload(OTHER_CLIENT);
  });

  it('gives the last room to one of two uploads at once', async () => {
    await upload(CLIENT);
    const almostFull = { size: 500 * MIB - PNG.byteLength };
    await test.deps.db.updateTable('attachments').set(almostFull).execute();
    const send = () => test.as(CLIENT).upload('/api/attachments', png);
    const responses = await Promise.all([send(), send()]);
    expect(responses.map((response) => response.status).sort()).toEqual([201, 413]);
    expect(await storedFiles()).toHaveLength(2);
  });
});
