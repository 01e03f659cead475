import { describe, expect, it } from 'vitest';
import { expandHeaders, parseHeaderBlock } from './headers.ts';
import { readScan, readVerdict } from './verdict.ts';

const FROM = 'clara@example.com';
const of = (...values: string[]) =>
  values.map((value): [string, string] => ['authentication-results', value]);
const verdict = (...values: string[]) => readVerdict(of(...values), true, FROM);

const PASS =
  'amazonses.com; spf=pass (spfCheck: domain of example.com designates 192.0.2.1 as permitted sender) ' +
  'client-ip=192.0.2.1; envelope-from=clara@example.com; helo=mail.example.com; ' +
  'dkim=pass header.i=@example.com; dmarc=pass header.from=example.com;';

describe('the verdict on a sender', () => {
  it.each<[string, 'pass' | 'fail' | 'none', string]>([
    ['what SES writes', 'pass', PASS],
    [
      'what Gmail writes',
      'pass',
      'mx.google.com; dkim=pass header.i=@example.com header.s=a header.b=x; dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=example.com',
    ],
    [
      'a domain whose DMARC fails',
      'fail',
      'amazonses.com; spf=pass envelope-from=x@example.com; dmarc=fail header.from=example.com',
    ],
    ['DMARC of another domain', 'fail', 'amazonses.com; dmarc=pass header.from=evil.example'],
    [
      'a domain without DMARC that signed',
      'pass',
      'amazonses.com; spf=none; dkim=pass header.i=@example.com; dmarc=none header.from=example.com',
    ],
    [
      'a parent domain that signed',
      'pass',
      'amazonses.com; dkim=pass header.d=com.example; dkim=pass header.d=example.com',
    ],
    [
      'a signature of somebody else',
      'fail',
      'amazonses.com; spf=pass smtp.mailfrom=x@evil.example; dkim=pass header.d=evil.example; dmarc=none',
    ],
    ['a child domain that signed', 'fail', 'amazonses.com; dkim=pass header.d=evil.example.com'],
    ['a permitted server', 'pass', 'amazonses.com; spf=pass smtp.mailfrom=clara@example.com; dkim=none'],
    ['a server that is not permitted', 'fail', 'amazonses.com; spf=softfail smtp.mailfrom=clara@example.com'],
    ['a temporary error', 'fail', 'amazonses.com; dmarc=temperror header.from=example.com'],
    ['nothing looked at', 'none', 'amazonses.com; none'],
  ])('knows %s', (_, expected, value) => {
    expect(verdict(value)).toBe(expected);
  });

  it('is none where nobody looked', () => {
    expect(readVerdict([], true, FROM)).toBe('none');
  });

  it('is the topmost one: what stands below was written by the sender', () => {
    expect(verdict('amazonses.com; dmarc=fail header.from=example.com', PASS)).toBe('fail');
    expect(verdict(PASS, 'amazonses.com; dmarc=fail header.from=example.com')).toBe('pass');
  });

  it('has to be the same in all of them where their order is lost', () => {
    expect(readVerdict(of(PASS, 'x; dmarc=fail header.from=example.com'), false, FROM)).toBe('fail');
    expect(readVerdict(of('x; dmarc=fail header.from=example.com', PASS), false, FROM)).toBe('fail');
    expect(readVerdict(of(PASS, PASS), false, FROM)).toBe('pass');
  });

  it.each([
    // A quoted local part may hold what closes a comment.
    'mx.example; spf=fail (domain of "a) dmarc=pass (b"@evil.example) smtp.mailfrom="a) dmarc=pass (b"@evil.example',
    'mx.example; (note (x) dmarc=pass) spf=fail smtp.mailfrom=x@evil.example',
    'mx.example; dmarc=fail header.from=example.com; dmarc=pass header.from=example.com',
    'mx.example; dkim=fail header.d=example.com; dkim=pass',
    'mx.example; spf=fail; envelope-from="x; dmarc=pass header.from=example.com"@evil.example; dmarc=fail header.from=example.com',
    'mx.example; spf=pass smtp.mailfrom=x@evil.example; spf=pass smtp.mailfrom=clara@example.com',
    'mx.example; dmarc=pass header.from=example.com.evil.example',
    'mx.example; dkim=pass header.d=notexample.com',
    'mx.example; dkim=pass header.d=com',
  ])('is not talked into a pass by %s', (value) => {
    expect(verdict(value)).not.toBe('pass');
  });

  it('takes the headers as they stand in a mail, and as a list that lost their order', () => {
    const block = `Return-Path: <x@y.z>\r\nAuthentication-Results: amazonses.com;\r\n dmarc=pass\r\n\theader.from=example.com\r\nX: 1`;
    expect(readVerdict(parseHeaderBlock(block), true, FROM)).toBe('pass');
    const list = expandHeaders({
      'Authentication-Results': JSON.stringify([PASS, 'x; dmarc=fail']),
      X: '["',
    });
    expect(list.filter(([name]) => name === 'authentication-results')).toHaveLength(2);
    expect(readVerdict(list, false, FROM)).toBe('fail');
  });

  it('knows what the scanners found, by the topmost header', () => {
    expect(readScan([['x-ses-virus-verdict', 'FAIL']])).toBe('virus');
    expect(
      readScan([
        ['x-ses-spam-verdict', 'FAIL'],
        ['x-ses-spam-verdict', 'PASS'],
      ]),
    ).toBe('spam');
    expect(readScan([['x-ses-spam-verdict', 'PASS']])).toBeNull();
  });
});
