import { assert } from '@open-wc/testing';
import { deep, deepAll, textOf } from '../../testing/deep.ts';
import { button } from '../../testing/fields.ts';
import { mountSupport, until, type Mounted } from '../../testing/fixture.ts';

describe('the mails of a ticket, to agents', () => {
  let mounted: Mounted;

  afterEach(async () => {
    await mounted.cleanup();
  });

  /** A ticket whose answer has bounced. */
  async function mount(user: 'agent' | 'client'): Promise<void> {
    let number = '';
    mounted = await mountSupport({
      user,
      seed: async (server) => {
        ({ number } = await server.as('client').createTicket());
        await server.as('agent').reply(number, 'Try another browser.');
        await fetch(server.apiUrl.replace(/\/api$/, '/bounce'), { method: 'POST' });
      },
    });
    mounted.store.navigate({ view: 'ticket', number });
    const messages = () => deepAll(mounted.element.shadowRoot!, 'support-center-message');
    await until(() => messages().length === 2, 'the conversation');
  }
  const delivery = () => deepAll(mounted.element.shadowRoot!, '.delivery').at(-1) ?? null;

  it('say that one bounced, and why; another attempt is one click', async () => {
    await mount('agent');
    await until(() => textOf(delivery()).includes('Mail bounced'), 'where the mail stands');
    assert.include(textOf(delivery()), 'No such user.');
    const notice = await until(() => deep(mounted.element.shadowRoot!, '.mail-notice'), 'the notice');
    assert.equal(textOf(notice), 'Mail to this address bounces, so none is sent any more.');
    button(delivery()!, 'Send mail again').click();
    await until(() => textOf(delivery()).includes('Mail queued'), 'the new attempt');
    await until(() => mounted.store.announcement.value.includes('on its way again'), 'the announcement');
    await until(() => !deep(mounted.element.shadowRoot!, '.mail-notice'), 'the end of the notice');
  });

  it('keep what was there when the attempt cannot be asked for', async () => {
    await mount('agent');
    await until(() => textOf(delivery()).includes('Mail bounced'), 'where the mail stands');
    await mounted.server.fault({ method: 'POST', path: '/mail', status: 500 });
    button(delivery()!, 'Send mail again').click();
    await until(() => mounted.store.toasts.value.length > 0, 'the toast');
    assert.include(textOf(delivery()), 'Mail bounced');
    assert.isFalse(button(delivery()!, 'Send mail again').disabled);
  });

  it('are nothing that a client sees', async () => {
    await mount('client');
    assert.isNull(delivery());
    assert.isNull(deep(mounted.element.shadowRoot!, '.mail-notice'));
  });
});
