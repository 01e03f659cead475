import { describe, expect, it } from 'vitest';
import type { Change } from '../deps.ts';
import { createLiveHub } from './hub.ts';

const change = (seq: number): Change => ({
  type: 'ticket.updated',
  number: 'SUP-1001',
  seq,
  internal: false,
  requesterId: 1,
});

describe('createLiveHub', () => {
  it('tells every subscriber until they end their subscription', () => {
    const hub = createLiveHub();
    const heard: Array<[string, number]> = [];
    const endA = hub.subscribe(({ seq }) => heard.push(['a', seq]));
    hub.subscribe(({ seq }) => heard.push(['b', seq]));
    hub.publish(change(1));
    endA();
    endA();
    hub.publish(change(2));
    expect(heard).toEqual([
      ['a', 1],
      ['b', 1],
      ['b', 2],
    ]);
  });

  it('does not let one broken subscriber keep the change from the others', () => {
    const hub = createLiveHub();
    const heard: number[] = [];
    hub.subscribe(() => {
      throw new Error('socket closed');
    });
    hub.subscribe(({ seq }) => heard.push(seq));
    expect(() => hub.publish(change(1))).not.toThrow();
    expect(heard).toEqual([1]);
  });

  it('lets a subscriber end itself while it is told', () => {
    const hub = createLiveHub();
    const heard: string[] = [];
    const end = hub.subscribe(() => {
      heard.push('once');
      end();
    });
    hub.subscribe(() => heard.push('always'));
    hub.publish(change(1));
    hub.publish(change(2));
    expect(heard).toEqual(['once', 'always', 'always']);
  });
});
