import { readdirSync, readFileSync } from 'node:fs';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { originalText, stripQuotes } from './strip-quotes.ts';

/** Mails in the formats of the big programs, each with what a person wrote of it. */
const SAMPLES = new URL('./samples/', import.meta.url);
const names = readdirSync(SAMPLES)
  .filter((name) => name.endsWith('.eml'))
  .map((name) => name.slice(0, -4));

async function read(name: string): Promise<{ text: string | null; html: string | null }> {
  const raw = readFileSync(new URL(`${name}.eml`, SAMPLES));
  // What the provider hands over: a text only where the mail has one of its own.
  const isHtml = /^Content-Type: text\/html/m.test(raw.toString().split('\n\n')[0]!);
  const { text, html } = await PostalMime.parse(raw);
  return { text: isHtml ? null : (text ?? null), html: html ?? null };
}

describe('what a person wrote', () => {
  it.each(names)('is found in a mail of %s', async (name) => {
    const mail = await read(name);
    const expected = readFileSync(new URL(`${name}.txt`, SAMPLES), 'utf8').trim();
    expect(await stripQuotes(mail)).toBe(expected);
  });

  it.each(['gmail', 'outlook-desktop', 'apple-mail', 'yahoo', 'thunderbird'])(
    'is not all that an agent can read of %s',
    async (name) => {
      expect(originalText(await read(name))).toContain('Could you try another browser?');
    },
  );

  it('is all of it where nothing would be left', async () => {
    const text = 'On Monday Clara <clara@example.com> wrote:\n> Hello';
    expect(await stripQuotes({ text, html: null })).toBe(text);
    expect(await stripQuotes({ text: null, html: null })).toBe('');
  });

  it('is what HTML says where there is no text, without what it hides', async () => {
    const html =
      '<style>p{color:red}</style><script>alert(1)</script><p>Two&nbsp;<b>bold</b> words</p>' +
      '<ul><li>one</li><li>two</li></ul><img src="https://tracker.example/p.gif" alt="pixel">' +
      '<a href="https://example.com/page">https://example.com/page</a>';
    expect(await stripQuotes({ text: null, html })).toBe(
      'Two bold words\n\n * one\n * two\n\nhttps://example.com/page',
    );
  });

  it('is found in time, whatever the text is made of', async () => {
    const nasty = `Op ${'x\n'.repeat(20_000)}schreef ${'Den a skrev '.repeat(2_000)}`;
    expect((await stripQuotes({ text: nasty, html: null })).length).toBeGreaterThan(0);
  });

  it('has no characters that nobody sees', async () => {
    const text = 'Hi\u0000\u200b there\r\nyou\u0007';
    expect(await stripQuotes({ text, html: null })).toBe('Hi there\nyou');
  });
});
