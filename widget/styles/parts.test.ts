import { assert } from '@open-wc/testing';
import { deep, deepAll, textOf } from '../testing/deep.ts';
import { button } from '../testing/fields.ts';
import { mountSupport, until, type Mounted, type MountOptions, type TestServer } from '../testing/fixture.ts';
import { PARTS } from './late-parts.ts';

const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==';

/** A property for each part that does not inherit: what carries it was reached by that part's rule. */
const mark = (part: string): string => `--reached-as-${part}`;

/** What the style sheet of a host says, as it would say `support-center::part(badge) { … }`. */
const HOST_CSS = PARTS.map(
  (part) => `
  @property ${mark(part)} { syntax: '<integer>'; inherits: false; initial-value: 0; }
  support-center::part(${part}) { ${mark(part)}: 1; }`,
).join('');

describe('parts', () => {
  const sheet = new CSSStyleSheet();
  const reached = new Set<string>();
  let mounted: Mounted;

  before(() => {
    sheet.replaceSync(HOST_CSS);
    document.adoptedStyleSheets.push(sheet);
  });
  after(() => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
  });

  const mount = async (options: MountOptions = {}): Promise<void> => {
    mounted = await mountSupport(options);
  };

  /** Every part that is on screen now has the rule of its name, and is a documented one. */
  async function look(): Promise<void> {
    await mounted.element.updateComplete;
    for (const element of deepAll(mounted.element, '[part]')) {
      // A host that styles its own slotted content needs no part for it.
      if (!element.checkVisibility()) continue;
      const style = getComputedStyle(element);
      for (const part of element.part) {
        assert.include(PARTS, part, `<${element.localName}> has a part that is not documented`);
        assert.equal(style.getPropertyValue(mark(part)), '1', `${part} on <${element.localName}>`);
        reached.add(part);
      }
    }
  }

  async function leave(): Promise<void> {
    await mounted.cleanup();
  }

  async function seedTicket(server: TestServer): Promise<void> {
    const { number } = await server.as('client').createTicket();
    await server.as('agent').reply(number, { body: 'Angry customer.', internal: true });
  }

  it('of the list are reached, also of its toasts', async () => {
    await mount({ user: 'admin', seed: seedTicket });
    await until(() => deep(mounted.element, '.card'), 'a ticket');
    mounted.store.toast({ kind: 'info', text: 'Something happened.' });
    await until(() => deep(mounted.element, '.toast'), 'the toast');
    await look();
    await leave();
  });

  it('of the form are reached, with a file and with errors', async () => {
    await mount({ attributes: { view: 'new' } });
    const form = await until(
      () => deep(mounted.element, 'support-center-ticket-form')?.shadowRoot,
      'the form',
    );
    const picker = await until(() => deep(form, 'support-center-attachment-picker'), 'the picker');
    const bytes = Uint8Array.from(atob(PNG), (char) => char.charCodeAt(0));
    (picker as HTMLElementTagNameMap['support-center-attachment-picker']).addFiles([
      new File([bytes], 'dot.png', { type: 'image/png' }),
    ]);
    await until(() => deep(form, '.item.done'), 'the file');
    button(form, 'Submit').click();
    await until(() => deep(form, '[aria-invalid=true]'), 'the errors');
    await look();
    await leave();
  });

  it('of a ticket are reached, with a note, the controls and a dialog', async () => {
    await mount({ user: 'admin', seed: seedTicket, attributes: { ticket: 'SUP-1001' } });
    await until(() => deep(mounted.element, '.message.note'), 'the note');
    const remove = await until(
      () => deepAll(mounted.element, 'button').find((one) => textOf(one) === 'Delete ticket'),
      'the button',
    );
    await look();
    remove.click();
    await until(() => deep(mounted.element, 'dialog[open]'), 'the dialog');
    await look();
    await leave();
  });

  it('of the settings are reached', async () => {
    await mount({ user: 'admin', attributes: { view: 'settings' } });
    await until(() => deep(mounted.element, '[part~=settings]'), 'the settings');
    await look();
    await leave();
  });

  it('of the launcher are reached', async () => {
    await mount({ attributes: { layout: 'launcher' }, phase: null });
    await until(() => deep(mounted.element, '[part~=launcher]'), 'the launcher');
    mounted.element.open();
    await until(() => deep(mounted.element, '[part~=panel]')?.checkVisibility(), 'the panel');
    await look();
    await leave();
  });

  it('are all of those that are documented', () => {
    assert.sameMembers([...reached], [...PARTS]);
  });
});
