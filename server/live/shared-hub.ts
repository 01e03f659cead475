import { randomUUID } from 'node:crypto';
import { openChannel, type Channel } from '../db/postgres/channel.ts';
import type { Change, Db, LiveHub, Log, News, Whisper } from '../deps.ts';
import { readChangesAfter, readSpan } from '../tickets/history-repository.ts';
import { formatNumber } from '../tickets/numbers.ts';
import { EVENT_OF } from '../tickets/record.ts';
import { createLiveHub } from './hub.ts';

export interface SharedHub extends LiveHub {
  /** Begins to hear of the other processes. Publishing something begins it, too. */
  listen(): void;
  /** To be called before the database is closed. */
  close(): Promise<void>;
}

export interface SharedHubOptions {
  db: Db;
  /** Of the database. */
  url: string;
  log: Log;
  ticketPrefix: string;
}

/** Entries read at once, and those after which it is cheaper for everybody to load anew. */
const BATCH = 500;
const MAX_MISSED = 5_000;
/** For what a channel that was down has not told. */
const POLL_MS = 5_000;

/** What one process calls to the others, besides that the history has grown. */
type Call = { by: string } & ({ whisper: Whisper } | { news: News });

/**
 * One hub over all processes on one PostgreSQL database. Every change is told off the history, in the order of its
 * `seq`, which is that of the commits: those of this process like those of others. A call says only that there is
 * more to read, so one that is lost loses nothing.
 */
export function createSharedHub({ db, url, log, ticketPrefix }: SharedHubOptions): SharedHub {
  const local = createLiveHub();
  const by = randomUUID();
  let channel: Channel | undefined;
  let poll: NodeJS.Timeout | undefined;
  /** Up to which the history has been told. */
  let told: number | undefined;
  /** The first change of this process that was made before that was known. */
  let first = Infinity;
  let reading: Promise<void> | undefined;
  let isMore = false;
  let isClosed = false;

  const tellNew = async () => {
    if (told === undefined) {
      const { last } = await readSpan(db);
      told = Math.min(last, first - 1);
      // Whoever was there before may have missed something.
      local.doubt();
    }
    for (let n = 0; !isClosed; n += BATCH) {
      const entries = await readChangesAfter(db, told, BATCH);
      for (const { seq, ticket_id, requester_id, type, internal } of entries) {
        const number = formatNumber(ticketPrefix, ticket_id);
        local.publish({
          type: EVENT_OF[type],
          number,
          seq,
          internal: internal === 1,
          requesterId: requester_id,
        });
        told = seq;
      }
      if (entries.length < BATCH) return;
      if (n >= MAX_MISSED) {
        told = (await readSpan(db)).last;
        return local.doubt();
      }
    }
  };
  /** One reading at a time; what is asked for meanwhile is read after it. */
  const catchUp = () => {
    isMore = true;
    reading ??= (async () => {
      while (isMore && !isClosed) {
        isMore = false;
        await tellNew();
      }
    })()
      .catch((error: unknown) => {
        // Read with the next call, or the next poll.
        if (!isClosed) log.warn('live.failed', { error });
      })
      .finally(() => (reading = undefined));
  };
  const heard = (text: string) => {
    if (text === '') return catchUp();
    let call: Call;
    try {
      call = JSON.parse(text) as Call;
    } catch {
      return;
    }
    if (call.by === by) return;
    if ('whisper' in call) local.whisper(call.whisper);
    else if ('news' in call) local.hear(call.news);
  };
  const say = (call: { whisper: Whisper } | { news: News }) => {
    if (isClosed) return;
    listen();
    // Of the moment: whom it does not reach loads anew sooner or later.
    channel!
      .say(JSON.stringify({ by, ...call }))
      .catch((error: unknown) => log.warn('live.failed', { error }));
  };
  const listen = () => {
    if (channel || isClosed) return;
    channel = openChannel(db, {
      url,
      heard,
      opened: catchUp,
      lost: (error) => log.warn('live.disconnected', { error }),
    });
    poll = setInterval(catchUp, POLL_MS).unref();
    catchUp();
  };

  return {
    publish({ seq }: Change) {
      if (told === undefined) first = Math.min(first, seq);
      listen();
      catchUp();
    },
    whisper(whisper) {
      local.whisper(whisper);
      // Each process knows by itself who is present, and tells its own streams.
      if (whisper.event !== 'presence') say({ whisper });
    },
    spread: (news) => say({ news }),
    subscribe: (listener) => local.subscribe(listener),
    end: () => local.end(),
    get isEnded() {
      return local.isEnded;
    },
    listen,
    async close() {
      isClosed = true;
      clearInterval(poll);
      await channel?.close();
      await reading;
    },
  };
}
