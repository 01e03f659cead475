import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { readAddress } from './address.ts';

async function addressOf(
  socket: string | undefined,
  forwarded?: string,
  trustProxy = 0,
): Promise<string | undefined> {
  const app = new Hono().get('/', (c) => c.json({ address: readAddress(c, trustProxy) }));
  const headers: Record<string, string> = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  const env = socket === undefined ? {} : { incoming: { socket: { remoteAddress: socket } } };
  const response = await app.request('/', { headers }, env);
  return ((await response.json()) as { address?: string }).address;
}

it('is the other end of the socket, whatever the client claims', async () => {
  expect(await addressOf('192.0.2.1')).toBe('192.0.2.1');
  expect(await addressOf('192.0.2.1', '198.51.100.7')).toBe('192.0.2.1');
});

it('is what the outermost trusted proxy saw', async () => {
  expect(await addressOf('10.0.0.1', '198.51.100.7', 1)).toBe('198.51.100.7');
  expect(await addressOf('10.0.0.1', '203.0.113.9, 198.51.100.7', 1)).toBe('198.51.100.7');
  expect(await addressOf('10.0.0.1', '203.0.113.9, 198.51.100.7, 10.0.0.2', 2)).toBe('198.51.100.7');
  expect(await addressOf('10.0.0.1', '198.51.100.7', 2)).toBe('198.51.100.7');
});

it('falls back to the socket when the header holds no address', async () => {
  expect(await addressOf('10.0.0.1', undefined, 1)).toBe('10.0.0.1');
  expect(await addressOf('10.0.0.1', 'unknown', 1)).toBe('10.0.0.1');
});

it('counts an IPv6 customer as one, and a mapped IPv4 address as itself', async () => {
  expect(await addressOf('::ffff:192.0.2.1')).toBe('192.0.2.1');
  expect(await addressOf('2001:DB8:0:1:aaaa::1')).toBe('2001:db8:0:1::/64');
  expect(await addressOf('2001:db8:0:1:bbbb:cccc:dddd:eeee')).toBe('2001:db8:0:1::/64');
  expect(await addressOf('2001:db8::1')).toBe('2001:db8:0:0::/64');
  expect(await addressOf('::1')).toBe('0:0:0:0::/64');
});

it('is unknown where there is no socket', async () => {
  expect(await addressOf(undefined)).toBeUndefined();
});
