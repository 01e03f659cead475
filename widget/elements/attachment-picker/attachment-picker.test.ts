import { assert } from '@open-wc/testing';
import { accessibilityFaults } from '../../testing/axe.ts';
import { textOf } from '../../testing/deep.ts';
import { mountSupport, until, type Mounted } from '../../testing/fixture.ts';
import type { AttachmentPicker } from './attachment-picker.ts';

const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==';

describe('<support-center-attachment-picker>', () => {
  let mounted: Mounted;
  let picker: AttachmentPicker;
  let root: ShadowRoot;

  beforeEach(async () => {
    mounted = await mountSupport({ attributes: { view: 'new' } });
    const form = () => mounted.element.shadowRoot!.querySelector('support-center-ticket-form')?.shadowRoot;
    picker = await until(() => form()?.querySelector('support-center-attachment-picker'), 'the picker');
    root = picker.shadowRoot!;
    await until(() => root.querySelector('input'), 'its input');
  });

  afterEach(async () => {
    await mounted.cleanup();
  });

  const items = () => [...root.querySelectorAll<HTMLElement>('.item')];
  const action = (name: string) =>
    [...root.querySelectorAll<HTMLButtonElement>('.action')].find((one) => one.ariaLabel === name)!;
  const file = (name: string, size = 3) => new File([new Uint8Array(size)], name);
  const image = () =>
    new File([Uint8Array.from(atob(PNG), (char) => char.charCodeAt(0))], 'dot.png', { type: 'image/png' });

  it('names its input, describes the limits, and uploads what is chosen', async () => {
    const input = root.querySelector('input')!;
    assert.equal(textOf(input.labels![0]!), 'Attachments');
    assert.include(textOf(root.querySelector('#hint')), 'Up to 5 files, 10 MB each.');
    const chosen = new DataTransfer();
    chosen.items.add(image());
    input.files = chosen.files;
    input.dispatchEvent(new Event('change'));
    await until(() => picker.attachments.length === 1, 'the upload');
    assert.equal(picker.attachments[0]!.contentType, 'image/png');
    await until(() => mounted.store.announcement.value === 'dot.png is attached.', 'the words');
    assert.match(items()[0]!.querySelector('img')!.src, /^blob:/);
    assert.equal(input.value, '');
  });

  it('lists what it cannot take, each with its reason, and holds nothing up for it', async () => {
    picker.addFiles([file('big.bin', 10 * 1024 * 1024 + 1), file('empty.txt', 0)]);
    await until(() => items().length === 2, 'the refused');
    assert.deepEqual(
      items().map((item) => textOf(item)),
      ['big.bin is larger than 10 MB.', 'empty.txt is empty.'],
    );
    assert.isFalse(picker.busy);
    assert.isFalse(picker.failed);
    action('Remove empty.txt').click();
    await until(() => items().length === 1, 'its end');
    assert.equal(root.activeElement, root.querySelector('input'));
  });

  it('leaves out what is more than a message holds', async () => {
    picker.addFiles([1, 2, 3, 4, 5, 6].map((count) => file(`${count}.log`)));
    await until(() => picker.attachments.length === 5, 'the uploads');
    assert.include(textOf(items()[5]!), 'At most 5 files go with one message. 6.log was left out.');
    action('Remove 1.log').click();
    picker.addFiles([file('7.log')]);
    await until(() => picker.attachments.at(-1)?.name === '7.log', 'the next');
  });

  it('shows an upload that failed, and uploads it again', async () => {
    await mounted.server.fault({
      method: 'POST',
      path: '/attachments$',
      status: 500,
      body: { code: 'internal' },
    });
    picker.addFiles([file('a.log')]);
    await until(() => picker.failed, 'the failure');
    await picker.updateComplete;
    assert.include(textOf(items()[0]!), 'a.log could not be uploaded.');
    action('Upload a.log again').click();
    await until(() => picker.attachments.length === 1, 'the upload');
    assert.isFalse(picker.failed);
  });

  it('shows the progress, and gives up what is removed', async () => {
    await mounted.server.fault({ method: 'POST', path: '/attachments$', hang: true });
    picker.addFiles([file('slow.log'), file('b.log')]);
    await until(() => root.querySelector('progress'), 'the progress');
    assert.equal(root.querySelector('progress')!.ariaLabel, 'Uploading slow.log');
    assert.isTrue(picker.busy);
    action('Remove slow.log').click();
    await until(() => !picker.busy, 'the other one');
    assert.deepEqual(
      picker.attachments.map(({ name }) => name),
      ['b.log'],
    );
  });

  it('says when the server finds a file too large after all', async () => {
    const body = { code: 'payload_too_large', detail: 'Too large.' };
    await mounted.server.fault({ method: 'POST', path: '/attachments$', status: 413, body });
    picker.addFiles([file('a.log')]);
    await until(() => items()[0]?.matches('.refused'), 'the refusal');
    assert.isUndefined(action('Upload a.log again'));
  });

  it('restores the files of a draft and keeps what is under way', async () => {
    picker.addFiles([file('a.log')]);
    await until(() => picker.attachments.length === 1, 'the upload');
    const kept = { id: 'x'.repeat(20), name: 'kept.pdf', size: 9, contentType: 'application/pdf' };
    picker.attachments = [...picker.attachments, kept];
    await until(() => items().length === 2, 'both');
    assert.deepEqual(
      picker.attachments.map(({ name }) => name),
      ['a.log', 'kept.pdf'],
    );
    picker.clear();
    await until(() => items().length === 0, 'none');
  });

  it('is free of accessibility faults', async () => {
    await mounted.server.fault({ method: 'POST', path: '/attachments$', hang: true });
    picker.addFiles([file('slow.log'), image(), file('empty.txt', 0)]);
    await until(() => picker.attachments.length === 1, 'the upload');
    assert.deepEqual(await accessibilityFaults(picker), []);
  });
});
