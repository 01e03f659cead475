import { assert } from '@open-wc/testing';
import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';

class Base extends LitElement {
  static override styles = [css``, [css``]];
  @property({ attribute: 'long-name' }) longName: string | null = null;
  @property({ useDefault: true, reflect: true }) theme = 'auto';
  @property({ type: Boolean, reflect: true }) disabled = false;
  @property({ attribute: false }) data: unknown = null;
}

class Sample extends Base {
  @state() private inner = 0;
  @query('b') bold!: HTMLElement;

  seen: string[][] = [];
  fails = false;

  #wrapped = 1;
  @property({ attribute: false })
  get wrapped(): number {
    return this.#wrapped;
  }
  set wrapped(value: number) {
    this.#wrapped = value * 2;
  }

  turn(): void {
    this.inner += 1;
  }

  protected override willUpdate(): void {
    if (this.fails) throw new Error('on purpose');
    if (this.inner === 1) this.inner = 5;
  }

  protected override render(): TemplateResult {
    return html`<b @click=${this.turn}>${this.inner} ${this.theme}</b>`;
  }

  protected override updated(changed: PropertyValues): void {
    this.seen.push([...changed.keys()].map(String).sort());
  }
}
customElements.define('lean-sample', Sample);

describe('an element', () => {
  let sample: Sample;

  beforeEach(async () => {
    sample = document.createElement('lean-sample') as Sample;
    document.body.append(sample);
    await sample.updateComplete;
    sample.seen = [];
  });
  afterEach(() => sample.remove());

  it('renders once for all that changed in a turn, and not for what stayed', async () => {
    sample.data = sample;
    sample.longName = 'x';
    sample.longName = 'y';
    await sample.updateComplete;
    sample.data = sample;
    await sample.updateComplete;
    assert.deepEqual(sample.seen, [['data', 'longName']]);
    sample.bold.click();
    await sample.updateComplete;
    assert.equal(sample.bold.textContent, '5 auto');
    assert.deepEqual(sample.seen.at(-1), ['inner']);
  });

  it('wraps accessors of its own', async () => {
    sample.wrapped = 4;
    await sample.updateComplete;
    assert.equal(sample.wrapped, 8);
    assert.deepEqual(sample.seen, [['wrapped']]);
  });

  it('reads attributes, and writes those that reflect', async () => {
    assert.deepEqual(sample.getAttributeNames(), []);
    sample.setAttribute('long-name', 'x');
    sample.setAttribute('theme', 'dark');
    sample.toggleAttribute('disabled', true);
    assert.deepInclude({ ...sample, theme: sample.theme }, { theme: 'dark' });
    assert.equal(sample.longName, 'x');
    assert.isTrue(sample.disabled);
    for (const name of sample.getAttributeNames()) sample.removeAttribute(name);
    assert.isNull(sample.longName);
    assert.equal(sample.theme, 'auto');
    assert.isFalse(sample.disabled);
    sample.theme = 'light';
    sample.disabled = true;
    await sample.updateComplete;
    assert.equal(sample.outerHTML, '<lean-sample theme="light" disabled=""></lean-sample>');
    sample.disabled = false;
    await sample.updateComplete;
    assert.isFalse(sample.hasAttribute('disabled'));
  });

  it('keeps what a page has set before it was defined', async () => {
    const early = document.createElement('lean-early') as Sample;
    early.longName = 'early';
    document.body.append(early);
    customElements.define('lean-early', class extends Sample {});
    await early.updateComplete;
    assert.equal(early.longName, 'early');
    early.longName = 'late';
    assert.isFalse(Object.hasOwn(early, 'longName'));
    early.remove();
  });

  it('goes on after an update that has failed', async () => {
    sample.fails = true;
    const { onerror } = window;
    let told: unknown;
    const hear = (_: unknown, __?: string, ___?: number, ____?: number, error?: Error): boolean => {
      told = error?.message;
      return true;
    };
    window.onerror = hear as OnErrorEventHandler;
    sample.turn();
    await sample.updateComplete;
    window.onerror = onerror;
    sample.fails = false;
    sample.turn();
    await sample.updateComplete;
    assert.equal(told, 'on purpose');
    assert.equal(sample.bold.textContent, '2 auto');
  });

  it('tells controllers', async () => {
    const told: string[] = [];
    sample.addController({
      hostConnected: () => told.push('connected'),
      hostUpdate: () => told.push('update'),
      hostUpdated: () => told.push('updated'),
      hostDisconnected: () => told.push('disconnected'),
    });
    sample.turn();
    await sample.updateComplete;
    sample.remove();
    assert.deepEqual(told, ['connected', 'update', 'updated', 'disconnected']);
  });
});
