import { assert } from '@open-wc/testing';
import type { Ticket } from '../server/contract/tickets.ts';
import { newsBetween } from './live-news.ts';

describe('newsBetween', () => {
  const ticket = (number: number, fields: Partial<Ticket> = {}): Ticket =>
    ({
      number: `SUP-${number}`,
      subject: `Subject ${number}`,
      unread: false,
      messageCount: 1,
      ...fields,
    }) as Ticket;
  const before = [ticket(3), ticket(2, { unread: true }), ticket(1)];

  it('tells of a new ticket and of a new reply by their subject', () => {
    assert.deepEqual(newsBetween(before, [ticket(4, { unread: true }), ...before], undefined), {
      key: 'list.arrived',
      values: { subject: 'Subject 4' },
    });
    assert.deepEqual(newsBetween(before, [ticket(3, { unread: true }), ...before.slice(1)], undefined), {
      key: 'list.answered',
      values: { subject: 'Subject 3' },
    });
    assert.equal(
      newsBetween(before, [before[0]!, ticket(2, { unread: true, messageCount: 2 }), before[2]!], undefined)
        ?.key,
      'list.answered',
    );
  });

  it('counts when there is more than one', () => {
    const after = [ticket(5, { unread: true }), ticket(4, { unread: true }), ...before];
    assert.deepEqual(newsBetween(before, after, undefined)?.values, { count: 2 });
  });

  it('says nothing of what is read, of what moves up, and of the open conversation', () => {
    assert.isNull(newsBetween(before, before, undefined));
    assert.isNull(newsBetween(before, [ticket(4), ...before], undefined));
    assert.isNull(newsBetween(before, [...before, ticket(0, { unread: true })], undefined));
    assert.isNull(newsBetween(before, [ticket(3, { unread: true }), ...before.slice(1)], 'SUP-3'));
  });
});
