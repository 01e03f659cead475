import { assert } from '@open-wc/testing';
import type { Ticket } from '../../../server/contract/tickets.ts';
import type { TicketDefaults } from '../../state.ts';
import { accessibilityFaults } from '../../testing/axe.ts';
import { button, choose, descriptionOf, labelled, type } from '../../testing/fields.ts';
import { mountSupport, until, type Mounted, type MountOptions } from '../../testing/fixture.ts';
import type { TicketForm } from './ticket-form.ts';

const APPS = [
  { id: 'eu', name: 'site-eu' },
  { id: 'us', name: 'site-us' },
];

describe('<support-center-ticket-form>', () => {
  let mounted: Mounted;
  let form: ShadowRoot;

  afterEach(async () => {
    await mounted.cleanup();
  });

  async function mount(options: MountOptions = {}): Promise<void> {
    mounted = await mountSupport({ attributes: { view: 'new' }, ...options });
    await seeForm();
  }

  /** The form as it stands now: going away and coming back makes another one. */
  async function seeForm(): Promise<void> {
    const find = () => mounted.element.shadowRoot!.querySelector<TicketForm>('support-center-ticket-form');
    form = await until(() => find()?.shadowRoot, 'the form');
    await until(() => form.querySelector('#subject'), 'its fields');
  }

  async function leaveAndReturn(defaults?: TicketDefaults): Promise<void> {
    mounted.store.navigate({ view: 'list' });
    await until(() => !mounted.element.shadowRoot!.querySelector('support-center-ticket-form'), 'the list');
    mounted.store.navigate({ view: 'new', defaults });
    await seeForm();
  }

  const subject = () => labelled(form, 'Subject');
  const description = () => labelled<HTMLTextAreaElement>(form, 'Description');
  const select = (name: string) => labelled<HTMLSelectElement>(form, name);
  const submit = () => button(form, 'Submit').click();
  const picker = () => form.querySelector('support-center-attachment-picker')!;
  const failure = () => form.querySelector('.notice.error');
  const route = () => mounted.store.route.value;

  function fill(): void {
    type(subject(), 'Export hangs at 99 %');
    type(description(), 'Since this morning.');
  }

  /** Submits; the server files the ticket, but nobody hears of it. */
  async function loseAnswer(): Promise<void> {
    // More than once: a browser repeats by itself what it sent on a connection that was just closed.
    await mounted.server.fault({ method: 'POST', path: '^/api/tickets$', lose: true, times: 9 });
    submit();
    await until(failure, 'the failure');
    await mounted.server.clearFaults();
  }

  async function tickets(): Promise<Ticket[]> {
    const agent = mounted.server.as('agent');
    return (await agent.send<{ tickets: Ticket[] }>('GET', '/tickets')).tickets;
  }

  it('shows errors at their fields, focuses the first and sends nothing', async () => {
    await mount();
    submit();
    await until(() => form.activeElement === subject(), 'the focus');
    assert.equal(subject().getAttribute('aria-invalid'), 'true');
    assert.equal(descriptionOf(subject()), 'Please fill this in.');
    assert.equal(descriptionOf(description()), 'Please fill this in.');
    assert.equal(mounted.store.announcement.value, '2 fields need your attention.');
    type(subject(), 'x'.repeat(201));
    submit();
    await until(() => descriptionOf(subject()).includes('201'), 'the length');
    assert.lengthOf(await tickets(), 0);
  });

  it('files the ticket, opens it and says its number and the address of the mail', async () => {
    await mount({ claims: { related_apps: APPS } });
    type(subject(), '  Export \n hangs  ');
    type(description(), 'Since this morning.\n');
    choose(select('Category'), 'billing');
    choose(select('Priority'), 'urgent');
    choose(select('Related app'), 'us');
    submit();
    await until(() => route().view === 'ticket', 'the ticket');
    const [ticket] = await tickets();
    assert.deepEqual(route(), { view: 'ticket', number: ticket!.number });
    assert.include(mounted.store.announcement.value, ticket!.number);
    assert.include(mounted.store.announcement.value, 'clara@example.com');
    assert.deepEqual(
      [ticket!.subject, ticket!.category, ticket!.priority, ticket!.relatedApp],
      ['Export hangs', 'billing', 'urgent', APPS[1]],
    );
    assert.isNull(mounted.store.readDraft('new'));
  });

  it('is safe to press twice', async () => {
    await mount();
    fill();
    submit();
    submit();
    await until(() => route().view === 'ticket', 'the ticket');
    assert.lengthOf(await tickets(), 1);
  });

  it('keeps everything when the answer is lost, and a retry from the draft files no second ticket', async () => {
    await mount();
    fill();
    await loseAnswer();
    assert.include(failure()!.textContent, 'Everything you typed is still here.');
    await leaveAndReturn();
    assert.equal(subject().value, 'Export hangs at 99 %');
    assert.equal(description().value, 'Since this morning.');
    submit();
    await until(() => route().view === 'ticket', 'the ticket');
    assert.lengthOf(await tickets(), 1);
  });

  it('sends changed content as another ticket', async () => {
    await mount();
    fill();
    await loseAnswer();
    type(description(), 'Since yesterday.');
    submit();
    await until(() => route().view === 'ticket', 'the ticket');
    assert.lengthOf(await tickets(), 2);
  });

  it('shows what the server refuses at its field', async () => {
    await mount();
    fill();
    const errors = [{ path: 'description', message: 'Not that word.' }];
    await mounted.server.fault({
      method: 'POST',
      path: '^/api/tickets$',
      status: 422,
      body: { code: 'validation_failed', title: 'Invalid', detail: 'description', status: 422, errors },
    });
    submit();
    await until(() => descriptionOf(description()) === 'Not that word.', 'the error');
    assert.equal(form.activeElement, description());
    assert.isNull(failure());
  });

  it('keeps what was typed and uploaded until the tab is closed', async () => {
    await mount();
    fill();
    choose(select('Priority'), 'high');
    picker().addFiles([new File(['line one'], 'log.txt', { type: 'text/plain' })]);
    await until(() => picker().attachments.length === 1, 'the upload');
    button(form, 'Cancel').click();
    await until(() => route().view === 'list', 'the list');
    await leaveAndReturn();
    assert.equal(subject().value, 'Export hangs at 99 %');
    assert.equal(select('Priority').value, 'high');
    await until(() => picker().attachments[0]?.name === 'log.txt', 'the file');
    submit();
    await until(() => route().view === 'ticket', 'the ticket');
    const [ticket] = await tickets();
    const path = `/tickets/${ticket!.number}/messages`;
    const { messages } = await mounted.server
      .as('client')
      .send<{ messages: Array<{ attachments: Array<{ name: string }> }> }>('GET', path);
    assert.equal(messages[0]!.attachments[0]!.name, 'log.txt');
  });

  it('leaves nothing of somebody who logged out', async () => {
    await mount();
    fill();
    mounted.element.logout();
    await until(() => !mounted.element.shadowRoot!.querySelector('support-center-ticket-form'), 'the end');
    assert.notInclude(JSON.stringify(sessionStorage), 'Export');
  });

  it('waits for files on their way, then sends by itself', async () => {
    await mount();
    fill();
    await mounted.server.fault({ method: 'POST', path: '^/api/attachments$', delay: 300 });
    picker().addFiles([new File(['line one'], 'log.txt', { type: 'text/plain' })]);
    submit();
    await until(() => form.querySelector('.progress .spinner'), 'the wait');
    await until(() => route().view === 'ticket', 'the ticket');
    assert.lengthOf(await tickets(), 1);
  });

  it('does not send without a file that failed', async () => {
    await mount();
    fill();
    await mounted.server.fault({ method: 'POST', path: '^/api/attachments$', status: 500 });
    picker().addFiles([new File(['line one'], 'log.txt', { type: 'text/plain' })]);
    await until(() => picker().failed, 'the failed upload');
    submit();
    await until(() => form.textContent?.includes('Remove the files that failed'), 'the error');
    assert.lengthOf(await tickets(), 0);
  });

  it('starts with what the host asks for, and does not lose a draft for it', async () => {
    await mount({
      properties: { relatedApps: APPS, relatedApp: 'eu', ticketDefaults: { category: 'account' } },
    });
    assert.equal(select('Related app').value, 'eu');
    assert.equal(select('Category').value, 'account');
    type(description(), 'Half a thought');
    mounted.element.newTicket({ category: 'billing', description: 'From the invoice page.' });
    await until(() => select('Category').value === 'billing', 'the new wish');
    assert.equal(description().value, 'Half a thought\n\nFrom the invoice page.');
  });

  it('names the ticket that is continued, apart from another draft', async () => {
    await mount();
    fill();
    const { number } = await mounted.server.as('client').createTicket();
    await mounted.server.as('agent').send('POST', `/tickets/${number}/close`, {});
    await leaveAndReturn({ followUpOf: number, subject: 'Again: blank' });
    assert.include(form.textContent, `Follow-up to ${number}`);
    assert.equal(subject().value, 'Again: blank');
    assert.equal(description().value, '');
    type(description(), 'It is back.');
    submit();
    await until(() => route().view === 'ticket', 'the ticket');
    assert.equal((await tickets())[0]!.followUpOf, number);
    await leaveAndReturn();
    assert.equal(subject().value, 'Export hangs at 99 %');
  });

  it('counts near the limit', async () => {
    await mount();
    type(subject(), 'x'.repeat(159));
    await until(() => !form.querySelector('.counter'), 'no counter');
    type(subject(), 'x'.repeat(190));
    await until(() => form.querySelector('.counter')?.textContent === '190 of 200', 'the counter');
  });

  it('has no accessibility faults, empty and with errors', async () => {
    await mount({ claims: { related_apps: APPS } });
    assert.deepEqual(await accessibilityFaults(mounted.element), []);
    submit();
    await until(() => form.activeElement === subject(), 'the focus');
    assert.deepEqual(await accessibilityFaults(mounted.element), []);
  });
});
