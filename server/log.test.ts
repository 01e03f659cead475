import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { bufferedWriter, createLog } from './log.ts';
import { createTestClock } from './testing/test-clock.ts';

describe('createLog', () => {
  it('writes one line of JSON an event, with the time of the clock', () => {
    const lines: string[] = [];
    const log = createLog('info', createTestClock(), (line) => lines.push(line));
    log.info('listening', { url: 'http://127.0.0.1:1\n', none: undefined });
    expect(lines).toEqual([
      '{"time":"2026-01-15T12:00:00.000Z","level":"info","event":"listening","url":"http://127.0.0.1:1\\n"}\n',
    ]);
  });

  it('leaves out what is below the level, and everything when silent', () => {
    const lines: string[] = [];
    const log = createLog('warn', createTestClock(), (line) => lines.push(line));
    log.debug('a');
    log.info('b');
    log.warn('c');
    log.error('d');
    createLog('silent', createTestClock(), (line) => lines.push(line)).error('e');
    expect(lines.map((line) => (JSON.parse(line) as { event: string }).event)).toEqual(['c', 'd']);
  });

  it('shows errors with their cause for the operator', () => {
    const lines: string[] = [];
    const log = createLog('info', createTestClock(), (line) => lines.push(line));
    log.error('failed', { error: Object.assign(new Error('no'), { code: 'ENOSPC' }) });
    expect(JSON.parse(lines[0]!)).toMatchObject({ error: { name: 'Error', message: 'no', code: 'ENOSPC' } });
  });
});

describe('bufferedWriter', () => {
  it('writes the lines of one turn at once, in order', async () => {
    const writes: string[] = [];
    const writer = bufferedWriter({ write: (text) => writes.push(text) });
    writer.write('a\n');
    writer.write('b\n');
    expect(writes).toEqual([]);
    await setImmediate();
    expect(writes).toEqual(['a\nb\n']);
    writer.write('c\n');
    writer.flush();
    expect(writes).toEqual(['a\nb\n', 'c\n']);
  });
});
