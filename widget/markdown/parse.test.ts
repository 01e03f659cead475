import { assert } from '@open-wc/testing';
import fc from 'fast-check';
import { parseMarkdown } from './parse.ts';
import type { Block, Inline } from './tree.ts';

/** A tree as a short line: `p(one s(two))`. */
function show(blocks: readonly Block[]): string {
  return blocks.map(showBlock).join(' ');
}

function showBlock(block: Block): string {
  switch (block.type) {
    case 'paragraph':
      return `p(${showInline(block.children)})`;
    case 'code':
      return `pre(${block.text})`;
    case 'quote':
      return `quote(${show(block.children)})`;
    case 'list': {
      const items = block.items.map((item) => `li(${show(item)})`).join('');
      return block.start === null ? `ul(${items})` : `ol${block.start}(${items})`;
    }
  }
}

function showInline(nodes: readonly Inline[]): string {
  return nodes
    .map((node) => {
      if (node.type === 'text') return node.text;
      if (node.type === 'code') return `code(${node.text})`;
      if (node.type === 'link') return `a<${node.href}>(${showInline(node.children)})`;
      return `${node.type === 'strong' ? 'b' : 'i'}(${showInline(node.children)})`;
    })
    .join('');
}

function check(cases: ReadonlyArray<readonly [source: string, tree: string]>): void {
  for (const [source, tree] of cases) assert.equal(show(parseMarkdown(source)), tree, JSON.stringify(source));
}

function inlinesOf(blocks: readonly Block[]): Inline[] {
  return blocks.flatMap((block) => {
    if (block.type === 'paragraph') return flatten(block.children);
    if (block.type === 'quote') return inlinesOf(block.children);
    return block.type === 'list' ? block.items.flatMap(inlinesOf) : [];
  });
}

function flatten(nodes: readonly Inline[]): Inline[] {
  return nodes.flatMap((node) => ['children' in node ? flatten(node.children) : [], node].flat());
}

function depthOf(nodes: readonly Inline[]): number {
  return Math.max(0, ...nodes.map((node) => ('children' in node ? depthOf(node.children) : 0) + 1));
}

/** Two levels for each opener that waits, in the text of a link as well. */
const MAX_DEPTH = 40;

function marks(word: string): fc.Arbitrary<string> {
  return fc.constantFrom(
    ...['*', '**', '_', '`', '[', ']', '(', ')', '](', '<', '>', '- ', '1. ', '> ', '\n', ' ', '\\', word],
    ...['https://e.x/', 'javascript:', 'mailto:a@b.c', '\u202e', '\t', 'é', '字', '😀'],
  );
}

describe('parseMarkdown', () => {
  it('reads paragraphs and keeps the breaks inside them', () => {
    check([
      ['', ''],
      [' \n\n ', ''],
      ['one\ntwo\n\n\nthree  ', 'p(one\ntwo) p(three)'],
      ['one\r\ntwo\r\rthree', 'p(one\ntwo) p(three)'],
    ]);
  });

  it('reads bold, italic and code', () => {
    check([
      ['**b** *i* __b__ _i_ `c`', 'p(b(b) i(i) b(b) i(i) code(c))'],
      ['***both***', 'p(i(b(both)))'],
      ['**a *b* c**', 'p(b(a i(b) c))'],
      ['`**no**` ``a ` b`` `` `x` ``', 'p(code(**no**) code(a ` b) code(`x`))'],
      ['これは**太字**です。**「強調」**です', 'p(これはb(太字)です。b(「強調」)です)'],
    ]);
  });

  it('leaves what only looks like a mark', () => {
    check([
      ['2 * 3 * 4, 2*3*4, a ** b', 'p(2 * 3 * 4, 2*3*4, a ** b)'],
      ['snake_case_name and __init', 'p(snake_case_name and __init)'],
      ['`open and **open', 'p(`open and **open)'],
      ['\\*no\\* \\`no\\` \\[no](https://e.x)', 'p(*no* `no` [no](a<https://e.x/>(https://e.x)))'],
      ['C:\\Users\\me \\\\server\\share', 'p(C:\\Users\\me \\\\server\\share)'],
      ['****** and ****', 'p(****** and ****)'],
      ['# no heading\n--- no line', 'p(# no heading\n--- no line)'],
      ['<b>no</b> <img src=x onerror=y>', 'p(<b>no</b> <img src=x onerror=y>)'],
    ]);
  });

  it('links http, https and mail, and nothing else', () => {
    check([
      ['see https://e.x/a_b_c(d). Ok', 'p(see a<https://e.x/a_b_c(d)>(https://e.x/a_b_c(d)). Ok)'],
      ['(https://e.x/a)', 'p((a<https://e.x/a>(https://e.x/a)))'],
      ['**https://e.x/a**', 'p(b(a<https://e.x/a>(https://e.x/a)))'],
      ['<https://e.x> me@e.x.', 'p(a<https://e.x/>(https://e.x) a<mailto:me@e.x>(me@e.x).)'],
      ['[**b**](https://e.x/y(z))', 'p(a<https://e.x/y(z)>(b(b)))'],
      ['[w](mailto:a@e.x)', 'p(a<mailto:a@e.x>(w))'],
      ['[https://a.x](https://b.x)', 'p(a<https://b.x/>(https://a.x))'],
      ['[a [b](https://e.x) c](https://f.x)', 'p([a a<https://e.x/>(b) c](a<https://f.x/>(https://f.x)))'],
      ['[x](javascript:alert(1)) [y](data:text/html,1)', 'p([x](javascript:alert(1)) [y](data:text/html,1))'],
      ['[x](//e.x) [y](https:e.x) [z](/a) [](', 'p([x](//e.x) [y](https:e.x) [z](/a) []()'],
      ['https://bank.example@evil.example/', 'p(https://bank.example@evil.example/)'],
      ['xhttps://e.x', 'p(xhttps://e.x)'],
    ]);
  });

  it('reads code blocks as they are, also one that was never closed', () => {
    check([
      ['a\n```js\nlet a = **1**;\n\n  b\n```\nc', 'p(a) pre(let a = **1**;\n\n  b) p(c)'],
      ['~~~\n```\n~~~', 'pre(```)'],
      ['```\nERROR\n  at x', 'pre(ERROR\n  at x)'],
      ['```', 'pre()'],
      ['  ```\n  a\n    b\n  ```', 'pre(a\n  b)'],
      ['```inline``` fence', 'p(code(inline) fence)'],
    ]);
  });

  it('reads lists, also inside of each other, and ends them where the text goes on', () => {
    check([
      ['- a\n- b\n  - c\n    d\n- e', 'ul(li(p(a))li(p(b) ul(li(p(c\nd))))li(p(e)))'],
      ['Steps:\n1. a\n2. b\nThen it fails', 'p(Steps:) ol1(li(p(a))li(p(b))) p(Then it fails)'],
      ['3) a\n\n4) b', 'ol3(li(p(a))li(p(b)))'],
      ['- a\n1. b', 'ul(li(p(a))) ol1(li(p(b)))'],
      ['• a\n• b', 'ul(li(p(a))li(p(b)))'],
      ['founded in\n1998. A year', 'p(founded in\n1998. A year)'],
      ['-no\n*no', 'p(-no\n*no)'],
      ['- a\n\n  ```\n  x\n  ```\n- b', 'ul(li(p(a) pre(x))li(p(b)))'],
    ]);
  });

  it('reads quotes, and takes the answer below out of them', () => {
    check([
      ['> a\n> b\nanswer', 'quote(p(a\nb)) p(answer)'],
      ['> a\n>> b\n>\n> - c', 'quote(p(a) quote(p(b)) ul(li(p(c))))'],
    ]);
  });

  it('disarms characters that change the order of reading', () => {
    check([
      ['a\u202ebc', 'p(abc)'],
      ['`a\u202eb` \u2067x\u2069', 'p(code(a\ufffdb) \u2067x\u2069)'],
      ['```\na\u2066b\n```', 'pre(a\ufffdb)'],
    ]);
    const links = inlinesOf(parseMarkdown('https://e.x/\u202egpj.exe [a](https://e.x/\u2066b)'));
    assert.notInclude(
      links.map(({ type }) => type),
      'link',
    );
  });

  it('makes no link that is not safe, whatever is written', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(marks('word'), fc.string()), { maxLength: 60 }), (pieces) => {
        const inlines = inlinesOf(parseMarkdown(pieces.join('')));
        for (const node of inlines) {
          if (node.type === 'link') assert.match(node.href, /^(https?:\/\/|mailto:)/);
        }
        assert.isAtMost(depthOf(inlines), MAX_DEPTH);
      }),
      { numRuns: 300 },
    );
  });

  it('loses no word', () => {
    fc.assert(
      fc.property(fc.array(marks('@word@'), { maxLength: 60 }), (pieces) => {
        let count = 0;
        const source = pieces.map((piece) => (piece === '@word@' ? `w${(count += 1)}w` : piece)).join('');
        const shown = show(parseMarkdown(source));
        for (let word = 1; word <= count; word += 1) assert.include(shown, `w${word}w`, source);
      }),
      { numRuns: 300 },
    );
  });

  it('gets through what is written to choke it', () => {
    const n = 50_000;
    const repeat = (piece: string): string => piece.repeat(Math.ceil(n / piece.length)).slice(0, n);
    const pieces = ['*a ', '**', '*_', '_a_*b*', '[', '[](', '[a](http://b', '`', '` ', '~', '>', '> ', '- '];
    const more = [
      '```',
      '```\n',
      'http://',
      'http://a(',
      'http://a)',
      'a@',
      'a-',
      'a@b.',
      '<',
      '\\',
      '\n',
      ' ',
      '\t',
      '1.',
      '1. ',
    ];
    const ticks = Array.from({ length: 300 }, (_, i) => '`'.repeat(i + 1)).join(' ');
    const nested = `${'*a '.repeat(8000)}${'a* '.repeat(8000)}`;
    const items = Array.from({ length: 4000 }, (_, i) => `${' '.repeat(i % 9)}- x`).join('\n\n');
    for (const source of [...[...pieces, ...more].map(repeat), `${repeat('~')}\``, ticks, nested, items]) {
      assert.isAtMost(depthOf(inlinesOf(parseMarkdown(source))), MAX_DEPTH);
    }
  });
});
