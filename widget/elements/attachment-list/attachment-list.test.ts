import { assert } from '@open-wc/testing';
import type { Attachment, Ticket } from '../../../server/contract/tickets.ts';
import { accessibilityFaults } from '../../testing/axe.ts';
import { deep, focused, textOf } from '../../testing/deep.ts';
import { mountSupport, until, type Fault, type Mounted, type TestServer } from '../../testing/fixture.ts';
import type { AttachmentList } from './attachment-list.ts';

const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==';
const DOT = Uint8Array.from(atob(PNG), (char) => char.charCodeAt(0));

async function upload(server: TestServer, name: string, content: BlobPart): Promise<string> {
  const { token } = (await (await fetch(server.tokenUrl('client'))).json()) as { token: string };
  const form = new FormData();
  form.set('file', new File([content], name));
  const headers = { authorization: `Bearer ${token}`, 'x-past-faults': '1' };
  const answer = await fetch(`${server.apiUrl}/attachments`, { method: 'POST', headers, body: form });
  return ((await answer.json()) as Attachment).id;
}

describe('<support-center-attachment-list>', () => {
  let mounted: Mounted;
  let list: ShadowRoot;

  beforeEach(async () => {
    let ticket!: Ticket;
    mounted = await mountSupport({
      seed: async (server) => {
        const attachmentIds = [
          await upload(server, 'a.png', DOT),
          await upload(server, 'server.log', 'x'.repeat(2000)),
          await upload(server, 'b.png', DOT),
        ];
        ticket = await server.as('client').createTicket({ attachmentIds });
      },
    });
    mounted.store.navigate({ view: 'ticket', number: ticket.number });
    const find = () => deep<AttachmentList>(mounted.element, 'support-center-attachment-list');
    list = await until(() => find()?.shadowRoot, 'the files');
    await until(() => list.querySelector('button'), 'their buttons');
  });

  afterEach(async () => {
    await mounted.cleanup();
  });

  const named = (name: string) =>
    [...list.querySelectorAll<HTMLButtonElement>('button')].find((one) => one.ariaLabel === name)!;
  const lightbox = () => list.querySelector('support-center-lightbox');
  const dialog = () => lightbox()?.shadowRoot?.querySelector('dialog');
  const press = (key: string) =>
    dialog()!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));

  it('previews images in boxes that are there before them', async () => {
    const box = named('Show a.png');
    assert.isAbove(box.getBoundingClientRect().height, 80);
    const image = await until(() => box.querySelector('img'), 'the image');
    assert.match(image.src, /^blob:/);
    assert.isUndefined(named('Download a.png'));
  });

  it('downloads other files under their name', async () => {
    const button = named('Download server.log');
    assert.include(textOf(button), '2 kB');
    let saved = '';
    const watch = (event: Event) => {
      const link = event.composedPath()[0] as HTMLAnchorElement;
      saved = `${link.download} ${link.href}`;
      event.preventDefault();
    };
    const click = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = function () {
      this.addEventListener('click', watch, { once: true });
      click.call(this);
    };
    button.click();
    await until(() => saved, 'the download');
    HTMLAnchorElement.prototype.click = click;
    assert.match(saved, /^server\.log blob:/);
  });

  it('says when a file cannot be had', async () => {
    await mounted.server.fault({ path: '/attachments/', status: 404, body: { code: 'not_found' }, times: 9 });
    named('Download server.log').click();
    const toast = await until(() => mounted.store.toasts.value[0], 'the toast');
    assert.include(toast.text, 'server.log could not be loaded.');
  });

  it('shows an image large, leafs through the others, and gives the focus back', async () => {
    named('Show a.png').focus();
    named('Show a.png').click();
    await until(() => dialog()?.open, 'the lightbox');
    assert.equal(dialog()!.ariaLabel, 'Image a.png');
    await until(() => dialog()!.querySelector('img'), 'the image');
    assert.deepEqual(await accessibilityFaults(lightbox()!), []);
    press('ArrowRight');
    await until(() => dialog()!.ariaLabel === 'Image b.png', 'the next');
    press('ArrowRight');
    await until(() => dialog()!.ariaLabel === 'Image a.png', 'the first again');
    press('ArrowLeft');
    await until(() => dialog()!.ariaLabel === 'Image b.png', 'the last');
    dialog()!.close();
    await until(() => !lightbox(), 'its end');
    await until(() => focused() === named('Show b.png'), 'the focus');
  });

  it('stays with the image that was leafed to, whatever else comes meanwhile', async () => {
    named('Show a.png').click();
    await until(() => dialog()?.open, 'the lightbox');
    press('ArrowRight');
    await until(() => dialog()!.ariaLabel === 'Image b.png', 'the next');
    const element = list.host as AttachmentList;
    element.attachments = structuredClone(element.attachments);
    await element.updateComplete;
    await lightbox()!.updateComplete;
    assert.equal(dialog()!.ariaLabel, 'Image b.png');
  });

  it('keeps its keys from the view behind', async () => {
    named('Show a.png').click();
    await until(() => dialog()?.open, 'the lightbox');
    press('Escape');
    assert.equal(mounted.store.route.value.view, 'ticket');
  });

  it('offers an image that cannot be shown as a file', async () => {
    const image = await until(() => named('Show a.png').querySelector('img'), 'the image');
    image.dispatchEvent(new Event('error'));
    await until(() => named('Download a.png'), 'the file');
  });
});

describe('<support-center-attachment-list> on a line that fails', () => {
  let mounted: Mounted;
  let list: ShadowRoot;

  /** Opens a ticket with two pictures, whose first requests for files go wrong. */
  async function open(fault: Omit<Fault, 'path'>): Promise<void> {
    let ticket!: Ticket;
    mounted = await mountSupport({
      seed: async (server) => {
        const attachmentIds = [await upload(server, 'a.png', DOT), await upload(server, 'b.png', DOT)];
        ticket = await server.as('client').createTicket({ attachmentIds });
        await server.fault({ path: '^/api/attachments/', ...fault });
      },
    });
    mounted.store.navigate({ view: 'ticket', number: ticket.number });
    const find = () => deep<AttachmentList>(mounted.element, 'support-center-attachment-list');
    list = await until(() => find()?.shadowRoot, 'the files');
    await until(() => list.querySelector('button'), 'their buttons');
  }

  afterEach(async () => {
    await mounted.cleanup();
  });

  const pictures = () => list.querySelectorAll('img').length;
  const asked = async () =>
    (await mounted.server.requests()).filter((one) => one.startsWith('GET /api/attachments/')).length;
  const dialog = () => list.querySelector('support-center-lightbox')?.shadowRoot?.querySelector('dialog');

  for (const [what, fault] of [
    ['whose connection is cut', { reset: true }],
    ['that a proxy refuses', { status: 502, body: 'Bad Gateway' }],
  ] as const) {
    it(`has a picture ${what} by itself a little later`, async () => {
      await open(fault);
      await until(() => pictures() === 2, 'both pictures');
    });
  }

  it('leafs through pictures that are still to come, and shows them behind it', async () => {
    await open({ status: 503, body: { code: 'unreachable' }, times: 9 });
    await until(async () => (await asked()) >= 2, 'both requests');
    list.querySelector<HTMLElement>('[aria-label="Show a.png"]')!.click();
    await until(() => dialog()?.querySelector('[role=alert]'), 'what is wrong');
    await mounted.server.clearFaults();
    dialog()!.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight' }));
    await until(() => dialog()!.ariaLabel === 'Image b.png', 'the next');
    await until(() => dialog()!.querySelector('img'), 'its picture');
    dialog()!.close();
    await until(() => pictures() === 2, 'both pictures');
  });

  it('has them as soon as the network is back', async () => {
    await open({ status: 502, body: '', times: 2 });
    await until(async () => (await asked()) >= 2, 'both requests');
    mounted.store.online.set(false);
    mounted.store.online.set(true);
    await until(() => pictures() === 2, 'both pictures');
  });

  it('offers as a file what is gone', async () => {
    await open({ status: 404, body: { code: 'not_found' }, times: 9 });
    await until(() => list.querySelectorAll('.file').length === 2, 'both files');
  });
});
