import { isIP } from 'node:net';
import type { Context } from 'hono';

/**
 * Where a request came from: the socket's other end, or behind proxies the entry of `X-Forwarded-For` that
 * the outermost trusted one wrote. Entries before it are the client's own words.
 *
 * @param trustProxy proxies in front of the server, 0 for none
 * @returns an IP address (IPv6 as its /64, which is one customer); undefined where there is no socket, as in
 *   a host that is not Node
 */
export function readAddress(c: Context, trustProxy: number): string | undefined {
  const env = c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined;
  const socket = env?.incoming?.socket?.remoteAddress;
  if (trustProxy > 0) {
    const entries = (c.req.header('x-forwarded-for') ?? '').split(',').map((entry) => entry.trim());
    const entry = entries[Math.max(0, entries.length - trustProxy)] ?? '';
    if (isIP(entry)) return network(entry);
  }
  return socket && isIP(socket) ? network(socket) : undefined;
}

function network(address: string): string {
  if (isIP(address) !== 6) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  const [left = '', right = ''] = address.split('%')[0]!.toLowerCase().split('::');
  const head = left === '' ? [] : left.split(':');
  const tail = right === '' ? [] : right.split(':');
  const missing = address.includes('::') ? 8 - head.length - tail.length : 0;
  const groups = [...head, ...Array<string>(Math.max(0, missing)).fill('0'), ...tail];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
    .concat('::/64');
}
