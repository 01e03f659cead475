import { assert } from '@open-wc/testing';
import type { Ticket } from '../../../server/contract/tickets.ts';
import { accessibilityFaults } from '../../testing/axe.ts';
import { deep } from '../../testing/deep.ts';
import { button, choose, labelled } from '../../testing/fields.ts';
import { mountSupport, until, type Mounted, type UserName } from '../../testing/fixture.ts';
import './ticket-controls.ts';
import type { TicketControls } from './ticket-controls.ts';

describe('<support-center-ticket-controls>', () => {
  let mounted: Mounted;
  let controls: ShadowRoot;
  let number: string;

  afterEach(async () => {
    await mounted.cleanup();
  });

  async function mount(user: UserName = 'agent'): Promise<void> {
    mounted = await mountSupport({
      user,
      seed: async (server) => {
        ({ number } = await server.as('client').createTicket({ priority: 'normal' }));
        // Agents are known once the server has seen their tokens.
        await server.as('agent').send('GET', '/session');
        await server.as('otherAgent').send('GET', '/session');
      },
    });
    mounted.store.navigate({ view: 'ticket', number });
    const find = () => deep<TicketControls>(mounted.element, 'support-center-ticket-controls');
    controls = await until(() => find()?.shadowRoot, 'the controls');
    await until(() => select('Assignee').options.length >= 3, 'the agents');
  }

  const select = (name: string) => labelled<HTMLSelectElement>(controls, name);
  const conflict = () => controls.querySelector('.conflict');
  const saved = () => until(() => controls.querySelector('.mark.saved'), 'the saved mark');
  const stored = () => mounted.server.as('admin').send<Ticket>('GET', `/tickets/${number}`);

  it('saves each choice at once and says so beside it', async () => {
    await mount();
    choose(select('Priority'), 'urgent');
    await (controls.host as TicketControls).updateComplete;
    assert.isNotNull(controls.querySelector('.mark .spinner'));
    await saved();
    assert.equal(mounted.store.announcement.value, 'Saved.');
    assert.equal(select('Priority').value, 'urgent');
    assert.equal((await stored()).priority, 'urgent');
  });

  it('makes quick choices one after the other, without a conflict with itself', async () => {
    await mount();
    choose(select('Status'), 'in_progress');
    choose(select('Priority'), 'low');
    choose(select('Category'), 'billing');
    choose(select('Assignee'), 'agent-2');
    await (controls.host as TicketControls).updateComplete;
    assert.lengthOf(controls.querySelectorAll('.mark .spinner'), 4);
    await until(() => !controls.querySelector('.spinner'), 'the end');
    assert.isNull(conflict());
    const { status, priority, category, assignee } = await stored();
    assert.deepEqual(
      [status, priority, category, assignee?.id],
      ['in_progress', 'low', 'billing', 'agent-2'],
    );
  });

  it('assigns to oneself by a button that goes away then, and to nobody', async () => {
    await mount();
    button(controls, 'Assign to me').click();
    assert.equal(controls.activeElement, select('Assignee'), 'the focus is not lost with the button');
    await until(() => select('Assignee').value === 'agent-1', 'me');
    await saved();
    assert.throws(() => button(controls, 'Assign to me'));
    choose(select('Assignee'), '');
    await until(() => button(controls, 'Assign to me'), 'the button');
    await saved();
    assert.isNull((await stored()).assignee);
  });

  it('shows what somebody else changed in place of overwriting it', async () => {
    await mount();
    await mounted.server.as('otherAgent').patch(number, { priority: 'urgent' });
    choose(select('Priority'), 'low');
    await until(conflict, 'the conflict');
    assert.include(conflict()!.textContent.replace(/\s+/g, ' '), 'Priority: Normal → Urgent');
    assert.include(conflict()!.textContent.replace(/\s+/g, ' '), 'You chose Priority: Low');
    assert.equal(select('Priority').value, 'urgent');
    assert.equal((await stored()).priority, 'urgent');
    button(controls, 'Keep their change').click();
    await until(() => !conflict(), 'no conflict');
    assert.equal(controls.activeElement, select('Priority'));
    assert.equal((await stored()).priority, 'urgent');
  });

  it('applies the own change over theirs when asked to', async () => {
    await mount();
    await mounted.server.as('otherAgent').patch(number, { status: 'resolved' });
    choose(select('Status'), 'waiting_user');
    await until(conflict, 'the conflict');
    button(controls, 'Apply mine').click();
    await saved();
    assert.equal((await stored()).status, 'waiting_user');
  });

  it('does not bother anybody with a change that the controls do not show', async () => {
    await mount();
    await mounted.server.as('client').reply(number, 'One more thing.');
    choose(select('Category'), 'account');
    await saved();
    assert.isNull(conflict());
    assert.equal((await stored()).category, 'account');
  });

  it('goes back to what is stored when saving fails, and tries again', async () => {
    await mount();
    await mounted.server.fault({ method: 'PATCH', path: number, status: 500, body: { code: 'internal' } });
    choose(select('Priority'), 'high');
    const notice = await until(() => controls.querySelector('.notice.error'), 'the failure');
    assert.include(notice.textContent, 'The change was not saved.');
    assert.equal(select('Priority').value, 'normal');
    button(controls, 'Try again').click();
    await saved();
    assert.equal((await stored()).priority, 'high');
  });

  it('closes and reopens by one button that keeps the focus', async () => {
    await mount();
    const close = button(controls, 'Close ticket');
    close.focus();
    close.click();
    await until(() => button(controls, 'Reopen ticket'), 'the other word');
    assert.equal((await stored()).status, 'closed');
    assert.equal(controls.activeElement, button(controls, 'Reopen ticket'));
    await until(() => !controls.querySelector('.actions .spinner'), 'the end');
    button(controls, 'Reopen ticket').click();
    await until(() => button(controls, 'Close ticket'), 'the first word');
    assert.equal((await stored()).status, 'open');
  });

  it('offers Delete to admins only', async () => {
    await mount('agent');
    assert.isNull(controls.querySelector('support-center-delete-ticket'));
  });

  it('deletes after a dialog that names the ticket, and not when that is cancelled', async () => {
    await mount('admin');
    const { shadowRoot } = controls.querySelector('support-center-delete-ticket')!;
    const dialog = () => shadowRoot!.querySelector('support-center-dialog')!;
    const native = () => dialog().shadowRoot!.querySelector('dialog')!;
    const isOpen = () => native().open;
    button(shadowRoot!, 'Delete ticket').focus();
    button(shadowRoot!, 'Delete ticket').click();
    await until(isOpen, 'the dialog');
    assert.equal(dialog().heading, `Delete ${number}?`);
    assert.include(native().textContent, 'The dashboard is blank');
    button(dialog().shadowRoot!, 'Cancel').click();
    await until(() => !isOpen(), 'no dialog');
    assert.equal(shadowRoot!.activeElement, button(shadowRoot!, 'Delete ticket'));
    button(shadowRoot!, 'Delete ticket').click();
    await until(isOpen, 'the dialog');
    button(dialog().shadowRoot!, 'Delete').click();
    await until(() => mounted.store.route.value.view === 'list', 'the list');
    assert.equal(mounted.store.toasts.value[0]?.text, `Ticket ${number} was deleted.`);
    const { tickets } = await mounted.server.as('admin').send<{ tickets: Ticket[] }>('GET', '/tickets');
    assert.lengthOf(tickets, 0);
  });

  it('has no accessibility faults, also in a conflict', async () => {
    await mount('admin');
    assert.deepEqual(await accessibilityFaults(controls.host), []);
    await mounted.server.as('otherAgent').patch(number, { status: 'resolved' });
    choose(select('Status'), 'waiting_user');
    await until(conflict, 'the conflict');
    assert.deepEqual(await accessibilityFaults(controls.host), []);
  });
});
