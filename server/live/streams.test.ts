import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LiveHub } from '../deps.ts';
import { createTestClock, type TestClock } from '../testing/test-clock.ts';
import { createLiveHub } from './hub.ts';
import { HEARTBEAT } from './frames.ts';
import { MAX_WAITING_BYTES, nodeSink, type Sink } from './sink.ts';
import { LiveStreams, type Reader } from './streams.ts';

let clock: TestClock;
let hub: LiveHub;
let streams: LiveStreams;
beforeEach(() => {
  clock = createTestClock();
  hub = createLiveHub();
  streams = new LiveStreams(hub, clock);
});

const change = (seq: number, internal = false) =>
  ({ type: 'ticket.updated', number: 'SUP-1001', seq, internal, requesterId: 1 }) as const;

function readerOf(fields: Partial<Reader> = {}): Reader {
  const endsAt = clock.now() + 3_600_000;
  return { userId: 1, isAgent: false, endsAt, reads: false, presence: false, mails: false, ...fields };
}

/** A sink that keeps what it gets. */
function keep(): Sink & { frames: string[]; state: 'open' | 'ended' | 'dropped' } {
  return {
    frames: [],
    state: 'open',
    write(frame) {
      this.frames.push(frame.toString());
      return true;
    },
    end() {
      this.state = 'ended';
    },
    drop() {
      this.state = 'dropped';
    },
  };
}

const seqsOf = (frames: string[]) => frames.map((frame) => Number(/^id: (\d+)$/m.exec(frame)?.[1]));

describe('LiveStreams', () => {
  it('tells what happened while the backlog was read after it, and once', () => {
    const stream = streams.open(readerOf());
    const sink = keep();
    for (const seq of [5, 6, 7]) hub.publish(change(seq));
    const backlog = [4, 5, 6].map((seq) => Buffer.from(`id: ${seq}\n\n`));
    streams.begin(stream, sink, backlog, 6);
    hub.publish(change(8));
    expect(seqsOf(sink.frames)).toEqual([4, 5, 6, 7, 8]);
  });

  it('gives every stream a heartbeat, spread over the seconds, at least every 25', () => {
    const sinks = Array.from({ length: 40 }, (_, userId) => {
      const sink = keep();
      streams.begin(streams.open(readerOf({ userId })), sink, [], 0);
      return sink;
    });
    const seconds = sinks.map(() => [] as number[]);
    for (let second = 1; second <= 50; second++) {
      streams.tick();
      const beaten = sinks.filter(({ frames }) => frames.length > 0);
      expect(beaten.length).toBeLessThan(5);
      for (const sink of beaten) {
        expect(sink.frames.splice(0)).toEqual([HEARTBEAT.toString()]);
        seconds[sinks.indexOf(sink)]!.push(second);
      }
    }
    for (const [first = 99, ...more] of seconds) {
      expect(first).toBeLessThanOrEqual(25);
      expect(more.length).toBeGreaterThan(1);
    }
  });

  it('heartbeats whatever the clock does', () => {
    const sink = keep();
    streams.begin(streams.open(readerOf()), sink, [], 0);
    clock.advance(-30 * 24 * 3_600_000);
    for (let second = 0; second < 25; second++) streams.tick();
    expect(sink.frames.length).toBeGreaterThan(0);
  });

  it('tells nobody on an expired token, not even between two ticks', () => {
    const sink = keep();
    streams.begin(streams.open(readerOf({ endsAt: clock.now() + 1000 })), sink, [], 0);
    clock.advance(1000);
    hub.publish(change(1));
    expect(sink).toMatchObject({ frames: [], state: 'ended' });
    expect(streams.isEmpty).toBe(true);
  });

  it('does not begin what was ended meanwhile', () => {
    const stream = streams.open(readerOf());
    hub.end();
    const sink = keep();
    streams.begin(stream, sink, [HEARTBEAT], 0);
    expect(sink).toMatchObject({ frames: [], state: 'ended' });
  });

  it('gives up a stream whose backlog takes longer than what can be kept for it', () => {
    const stream = streams.open(readerOf());
    for (let seq = 1; seq <= 2000; seq++) hub.publish(change(seq));
    expect(stream.isClosed).toBe(true);
    expect(streams.isEmpty).toBe(true);
  });

  it('counts the streams of each user', () => {
    const [one] = [streams.open(readerOf()), streams.open(readerOf()), streams.open(readerOf({ userId: 2 }))];
    expect([streams.countOf(1), streams.countOf(2), streams.countOf(3)]).toEqual([2, 1, 0]);
    streams.close(one);
    streams.close(one);
    expect(streams.countOf(1)).toBe(1);
  });
});

describe('a reader who does not read', () => {
  let server: Server;
  beforeEach(async () => {
    server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const stream = streams.open(readerOf());
      streams.begin(
        stream,
        nodeSink(response, () => streams.close(stream)),
        [HEARTBEAT],
        0,
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  async function connect(): Promise<IncomingMessage> {
    const { port } = server.address() as AddressInfo;
    const request = get({ port, host: '127.0.0.1' });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    response.on('error', () => {});
    return response;
  }

  it('is dropped, not buffered without bound; the others go on', async () => {
    const slow = await connect();
    slow.pause();
    const quick = await connect();
    let heard = 0;
    quick.on('data', (chunk: Buffer) => (heard += chunk.length));
    const cut = new Promise<void>((resolve) => slow.once('close', resolve));
    let written = 0;
    // The kernel's own buffers come first.
    for (let seq = 1; streams.countOf(1) > 1; seq++) {
      hub.publish({ ...change(seq), number: 'N'.repeat(4096) });
      written += 4096;
      if (seq % 8 === 0) await new Promise(setImmediate);
      expect(written).toBeLessThan(200 * 1024 * 1024);
    }
    expect(streams.countOf(1)).toBe(1);
    slow.resume();
    await cut;
    hub.publish(change(1_000_000));
    await expect.poll(() => heard).toBeGreaterThan(written - MAX_WAITING_BYTES);
  });

  it('is forgotten when it hangs up', async () => {
    const reader = await connect();
    expect(streams.countOf(1)).toBe(1);
    reader.destroy();
    await expect.poll(() => streams.isEmpty).toBe(true);
    expect(() => hub.publish(change(1))).not.toThrow();
  });
});
