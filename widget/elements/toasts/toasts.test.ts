import { assert } from '@open-wc/testing';
import { deep, deepAll, textOf } from '../../testing/deep.ts';
import { mountSupport, until, type Mounted } from '../../testing/fixture.ts';

describe('<support-center-toasts>', () => {
  let mounted: Mounted;
  beforeEach(async () => {
    mounted = await mountSupport();
  });
  afterEach(() => mounted?.cleanup());

  const toasts = () => deepAll(mounted.element, '[part=toast]');
  const stack = () => deep(mounted.element, '.stack');

  it('shows a toast above everything and announces it once', async () => {
    mounted.store.toast({ kind: 'success', text: 'Saved.' });
    await until(() => toasts().length === 1, 'the toast');
    assert.isTrue(stack()!.matches(':popover-open'));
    assert.equal(textOf(toasts()[0]!.querySelector('p')), 'Saved.');
    await until(() => mounted.store.announcement.value === 'Saved.', 'the announcement');
  });

  it('goes when it is dismissed', async () => {
    mounted.store.toast({ kind: 'error', text: 'Not saved.' });
    await until(() => toasts().length === 1, 'the toast');
    toasts()[0]!.querySelector<HTMLButtonElement>('[aria-label=Dismiss]')!.click();
    await until(() => toasts().length === 0, 'it to go');
    assert.isNotTrue(stack()?.matches(':popover-open'));
    assert.lengthOf(mounted.store.toasts.value, 0);
  });

  it('runs its action and goes', async () => {
    let ran = 0;
    mounted.store.toast({ kind: 'info', text: 'Moved.', action: { label: 'Undo', run: () => (ran += 1) } });
    await until(() => toasts().length === 1, 'the toast');
    toasts()[0]!.querySelector('button')!.click();
    await until(() => toasts().length === 0, 'it to go');
    assert.equal(ran, 1);
  });

  it('takes the newest away on Escape, and no view goes back', async () => {
    mounted.store.navigate({ view: 'new' });
    mounted.store.toast({ kind: 'error', text: 'One.' });
    mounted.store.toast({ kind: 'error', text: 'Two.' });
    await until(() => toasts().length === 2, 'the toasts');
    const dismiss = toasts()[0]!.querySelector('button')!;
    dismiss.focus();
    dismiss.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
    await until(() => toasts().length === 1, 'one to go');
    assert.equal(textOf(toasts()[0]!.querySelector('p')), 'One.');
    assert.equal(mounted.store.route.value.view, 'new');
  });
});
