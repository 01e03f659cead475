import { assert } from '@open-wc/testing';
import { html, noChange, nothing, svg, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { render } from 'lit';
import { templateFault } from './template-fault.ts';

describe('what is rendered', () => {
  const root = document.createElement('div');
  const show = (value: unknown): string => {
    render(value, root);
    return root.innerHTML.replace(/<!--.*?-->/g, '');
  };
  const box = (value: unknown): TemplateResult => html`<p>a ${value} b</p>`;

  it('is text, nodes, templates, lists or nothing, one after the other', () => {
    const node = document.createElement('hr');
    for (const [value, shown] of [
      ['x', 'x'],
      [nothing, ''],
      [0, '0'],
      [node, '<hr>'],
      [null, ''],
      [[1, [2, html`<i>3</i>`]], '12<i>3</i>'],
      [undefined, ''],
      [html`<b>${'<b>'}</b>`, '<b>&lt;b&gt;</b>'],
      [false, 'false'],
      ['', ''],
      [[], ''],
    ] as const) {
      assert.equal(show(box(value)), `<p>a ${shown} b</p>`);
      assert.equal(show(box(value)), `<p>a ${shown} b</p>`, 'once more');
    }
    show(box('y'));
    const text = root.querySelector('p')!.childNodes[2];
    show(box('z'));
    assert.equal(root.querySelector('p')!.childNodes[2], text, 'the same node');
    assert.equal(show(box(noChange)), '<p>a z b</p>');
  });

  it('grows and shrinks without touching what stands beside it', () => {
    const list = (items: readonly string[], last: unknown): TemplateResult =>
      html`${items.map((item) => html`<i>${item}</i>${item === 'b' ? html`<u></u>` : nothing}`)}${last}`;
    const page = (...given: Parameters<typeof list>): TemplateResult => html`<p>${list(...given)}<hr /></p>`;
    assert.include(show(page(['a', 'b', 'c'], 'end')), '<i>a</i><i>b</i><u></u><i>c</i>end');
    const [first] = root.querySelectorAll('i');
    assert.include(show(page(['b'], html`<s></s>`)), '<i>b</i><u></u><s></s>');
    assert.equal(root.querySelector('i'), first);
    assert.include(show(page([], nothing)), '<p></p><hr>');
    assert.include(show(page(['x', 'y'], nothing)), '<p><i>x</i><i>y</i></p><hr>');
  });

  it('ends before what follows, also where a template ends with a value', () => {
    const inner = (on: boolean): TemplateResult => html`<i></i>${on ? html`<b></b>` : nothing}`;
    const outer = (on: boolean): TemplateResult => html`<p>${inner(on)}<u></u></p>`;
    show(outer(true));
    assert.equal(show(outer(false)), '<p><i></i><u></u></p>');
  });

  it('has attributes of one or several values', () => {
    const link = (one: unknown, two: unknown, on: unknown): TemplateResult =>
      html`<a class="x ${one} y${two}" title=${one} ?hidden=${on} id="i">${one}</a>`;
    assert.equal(show(link('1', 2, true)), '<a id="i" class="x 1 y2" title="1" hidden="">1</a>');
    assert.equal(show(link(undefined, null, 0)), '<a id="i" class="x  y" title=""></a>');
    assert.equal(show(link(nothing, '', nothing)), '<a id="i"></a>');
  });

  it('sets properties, and those that the person changes against what is there', () => {
    const field = (text: string, data: unknown): TemplateResult =>
      html`<input .value=${live(text)} .data=${data} />`;
    const data = {};
    show(field('a', data));
    const input = root.querySelector('input')! as HTMLInputElement & { data?: unknown };
    assert.equal(input.value, 'a');
    assert.equal(input.data, data);
    input.value = 'typed';
    show(field('a', nothing));
    assert.equal(input.value, 'a');
    assert.isUndefined(input.data);
  });

  it('listens with what was given last', () => {
    const heard: string[] = [];
    const button = (listener: unknown): TemplateResult => html`<button @click=${listener}></button>`;
    for (const listener of [nothing, () => heard.push('one'), () => heard.push('two'), null]) {
      show(button(listener));
      root.querySelector('button')!.click();
    }
    assert.deepEqual(heard, ['one', 'two']);
  });

  it('draws shapes', () => {
    show(html`<svg>${svg`<g opacity=${0.5}>${[svg`<path d="M0 0"/>`]}</g>`}</svg>`);
    assert.equal(root.querySelector('path')!.namespaceURI, 'http://www.w3.org/2000/svg');
    assert.equal(root.querySelector('g')!.getAttribute('opacity'), '0.5');
  });

  it('takes no template out of data', () => {
    const strings = ['<img src=x onerror=alert(1)>'];
    for (const type of ['_$litType$', 'isSvg'])
      show(box(JSON.parse(JSON.stringify({ [type]: 1, strings, values: [] }))));
    assert.isNull(root.querySelector('img'));
  });
});

describe('a template', () => {
  it('is refused by the build when it could not be read', () => {
    const fine = ['<a class="x ', ' y" id=', ' ?hidden=', '>a = b ', '</a><br title=', '/>'];
    assert.isNull(templateFault(fine));
    for (const strings of [
      ['<p ', '></p>'],
      ['<', '></p>'],
      ["<p id='", "'></p>"],
      ['<p id=a', '></p>'],
      ['<p id=', 'a></p>'],
      ['<p title="a > b">', '</p>'],
      ['<p title="&amp; ', '"></p>'],
      ['<!-- ', ' -->'],
    ]) {
      assert.isString(templateFault(strings), strings.join('…'));
    }
  });
});
