import type { TicketEvent } from '../contract/events.ts';
import type { Change, Whisper } from '../deps.ts';

/** A piece of the stream, made once and written to every connection as it is. */
export type Frame = Buffer;

/** First of all: proxies pass the answer on, and a reader knows that nothing in between holds it back. */
export const HELLO: Frame = Buffer.from(': hello\nretry: 3000\n\n');
export const HEARTBEAT: Frame = Buffer.from(':\n\n');
/** What was missed cannot be told: the reader loads anew whatever it shows. */
export const RESYNC: Frame = Buffer.from('event: resync\ndata: {}\n\n');

/** A change for those who may know everything of it; never for a client where it is internal. */
export function changeFrame({ type, number, seq, internal }: Omit<Change, 'requesterId'>): Frame {
  const event: TicketEvent = { type, number, seq, ...(internal && { internal }) };
  return Buffer.from(`event: ticket\nid: ${seq}\ndata: ${JSON.stringify(event)}\n\n`);
}

/** Without an id: it is no part of what a stream resumes from. */
export function whisperFrame({ event, data }: Whisper): Frame {
  return Buffer.from(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}
