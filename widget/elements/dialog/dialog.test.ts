import { assert } from '@open-wc/testing';
import { sendKeys, sendMouse } from '@web/test-runner-commands';
import { focused } from '../../testing/deep.ts';
import { mountSupport, until, type Mounted } from '../../testing/fixture.ts';
import './dialog.ts';
import type { SupportDialog } from './dialog.ts';

describe('<support-center-dialog>', () => {
  let mounted: Mounted;
  let opener: HTMLButtonElement;
  let dialog: SupportDialog;
  let asked: number;

  beforeEach(async () => {
    mounted = await mountSupport();
    const place = mounted.element.shadowRoot!.querySelector('.base')!;
    const box = document.createElement('div');
    place.append(box);
    opener = document.createElement('button');
    dialog = document.createElement('support-center-dialog');
    dialog.heading = 'Delete SUP-1001?';
    for (const [name, slot] of [
      ['Gone for good.', ''],
      ['Cancel', 'actions'],
      ['Delete', 'actions'],
    ] as const) {
      const child = document.createElement(slot ? 'button' : 'p');
      child.textContent = name;
      if (slot) child.slot = slot;
      dialog.append(child);
    }
    box.append(opener, dialog);
    asked = 0;
    dialog.addEventListener('dialog-close', () => {
      asked += 1;
      dialog.open = false;
    });
    opener.focus();
  });
  afterEach(() => mounted?.cleanup());

  const native = () => dialog.shadowRoot!.querySelector('dialog')!;

  async function open(): Promise<void> {
    dialog.open = true;
    await dialog.updateComplete;
  }

  it('is modal, named by its heading and described by its content', async () => {
    await open();
    assert.isTrue(native().matches(':modal'));
    const label = dialog.shadowRoot!.getElementById(native().getAttribute('aria-labelledby')!);
    assert.equal(label!.textContent, 'Delete SUP-1001?');
    assert.equal(native().getAttribute('aria-describedby'), 'body');
  });

  it('starts at the first action and gives the focus back', async () => {
    await open();
    assert.equal(focused()!.textContent, 'Cancel');
    dialog.open = false;
    await dialog.updateComplete;
    await until(() => focused() === opener, 'the focus back');
  });

  it('starts where autofocus says', async () => {
    (dialog.lastElementChild as HTMLElement).autofocus = true;
    await open();
    assert.equal(focused()!.textContent, 'Delete');
  });

  it('asks its owner to close on Escape, and no view behind it goes back', async () => {
    mounted.store.navigate({ view: 'new' });
    await open();
    await sendKeys({ press: 'Escape' });
    await until(() => asked === 1 && !native().open, 'the dialog to close');
    assert.equal(mounted.store.route.value.view, 'new');
  });

  it('asks its owner to close on a press beside it, not on one inside', async () => {
    await open();
    const box = native().getBoundingClientRect();
    await sendMouse({ type: 'click', position: [Math.round(box.left + 30), Math.round(box.top + 70)] });
    assert.equal(asked, 0);
    await sendMouse({ type: 'click', position: [4, 4] });
    assert.equal(asked, 1);
  });

  it('stays while it is busy', async () => {
    dialog.busy = true;
    await open();
    await sendKeys({ press: 'Escape' });
    await sendKeys({ press: 'Escape' });
    await until(() => native().open, 'it to be open');
    assert.equal(asked, 0);
  });
});
