import { assert } from '@open-wc/testing';
import { EventParser } from './live-parse.ts';

describe('EventParser', () => {
  const ticket = { event: 'ticket', id: '7', data: { number: 'SUP-1001' } };
  const text = ': hello\nretry: 3000\n\nevent: ticket\nid: 7\ndata: {"number":"SUP-1001"}\n\n:\n\n';

  it('reads events however they are cut up on the way', () => {
    for (let at = 0; at <= text.length; at++) {
      const parser = new EventParser();
      assert.deepEqual([...parser.feed(text.slice(0, at)), ...parser.feed(text.slice(at))], [ticket]);
    }
    const parser = new EventParser();
    assert.deepEqual(
      [...text].flatMap((letter) => parser.feed(letter)),
      [ticket],
    );
  });

  it('takes the line ends of other servers, and leaves out what makes no sense', () => {
    const parser = new EventParser();
    assert.deepEqual(parser.feed(text.replaceAll('\n', '\r\n')), [ticket]);
    assert.deepEqual(parser.feed('event: ticket\ndata: {"number":\n\nid: 9\n\ndata\n\n<html>\n\n'), []);
    assert.deepEqual(parser.feed('event: resync\ndata: {}\n\n'), [{ event: 'resync', id: null, data: {} }]);
  });
});
