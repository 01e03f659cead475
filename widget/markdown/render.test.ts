import { assert } from '@open-wc/testing';
import { html, render } from 'lit';
import { renderMarkdown, type CodeAction } from './render.ts';

function renderInto(source: string, actionFor?: (code: string) => CodeAction): HTMLElement {
  const box = document.createElement('div');
  render(html`${renderMarkdown(source, actionFor)}`, box);
  return box;
}

describe('renderMarkdown', () => {
  it('renders what the text means', () => {
    const box = renderInto('**b** *i* `c`\n\n> q\n\n3. one\n\n- two\n\n```\nx\n  y\n```');
    assert.equal(box.querySelector('p strong')?.textContent, 'b');
    assert.equal(box.querySelector('p em')?.textContent, 'i');
    assert.equal(box.querySelector('p code')?.textContent, 'c');
    assert.equal(box.querySelector('blockquote p')?.textContent, 'q');
    assert.equal(box.querySelector('ol')?.start, 3);
    assert.equal(box.querySelector('ul li p')?.textContent, 'two');
    assert.equal(box.querySelector('pre')?.textContent, 'x\n  y');
  });

  it('makes no HTML of what was written', () => {
    const source = '<img src=x onerror=alert(1)> <script>alert(1)</script> &amp; `<b>`';
    const box = renderInto(source);
    assert.isNull(box.querySelector('img, script, b'));
    assert.equal(box.textContent.trim(), source.replaceAll('`', ''));
  });

  it('opens links in a new tab that knows nothing of this page', () => {
    const link = renderInto('https://example.com/a?b=1&c="d"').querySelector('a')!;
    assert.equal(link.href, 'https://example.com/a?b=1&c=');
    assert.equal(link.target, '_blank');
    assert.equal(link.rel, 'noopener noreferrer nofollow');
  });

  it('keeps line breaks and lets every block choose its direction', () => {
    const [first, second] = renderInto('one\ntwo\n\nשלום').querySelectorAll('p');
    assert.equal(first!.textContent, 'one\ntwo');
    assert.equal(second!.dir, 'auto');
  });

  it('offers what the owner has for a code block', () => {
    const copied: string[] = [];
    const box = renderInto('```\na\n```\n```\nb\n```', (code) => ({
      icon: '',
      label: 'Copy',
      run: () => copied.push(code),
    }));
    box.querySelectorAll('button')[1]!.click();
    assert.deepEqual(copied, ['b']);
    assert.isNull(renderInto('```\na\n```').querySelector('button'));
  });
});
