import { assert } from '@open-wc/testing';
import type { Settings } from '../../../server/contract/settings.ts';
import { accessibilityFaults } from '../../testing/axe.ts';
import { button, choose, descriptionOf, labelled, type } from '../../testing/fields.ts';
import { mountSupport, until, type Mounted, type MountOptions } from '../../testing/fixture.ts';
import type { AdminSettings } from './admin-settings.ts';

describe('<support-center-admin-settings>', () => {
  let mounted: Mounted;
  let view: ShadowRoot;

  afterEach(async () => {
    await mounted.cleanup();
  });

  async function mount(options: MountOptions = {}): Promise<void> {
    mounted = await mountSupport({ user: 'admin', attributes: { view: 'settings' }, ...options });
    await seeSettings();
  }

  async function seeSettings(): Promise<void> {
    const find = () =>
      mounted.element.shadowRoot!.querySelector<AdminSettings>('support-center-admin-settings');
    view = await until(() => find()?.shadowRoot, 'the settings');
    await until(() => button(view, 'Save'), 'the button');
  }

  const box = (name: string) => labelled(view, name);
  const save = () => button(view, 'Save').click();
  /** What is on screen from before the last press does not count. */
  async function said(words: string): Promise<void> {
    await (view.host as AdminSettings).updateComplete;
    await until(() => view.textContent?.includes(words), words);
  }
  const stored = () => mounted.server.as('admin').send<Settings>('GET', '/settings');

  /** Another admin saves on top of whatever is stored. */
  async function saveElsewhere(change: Partial<Settings>): Promise<void> {
    await mounted.server.as('admin').send('PUT', '/settings', change, { 'if-match': '*' });
  }

  it('saves what was changed, says so, and shows it again', async () => {
    await mount();
    box('Support center enabled').click();
    type(box('Support URL'), 'https://help.example.com');
    type(box('Notification email'), 'desk@example.com');
    type(box('Close resolved tickets after (days)'), '3');
    box('Support replied').click();
    await said('Unsaved changes');
    save();
    await said('Settings saved.');
    const settings = await stored();
    assert.isFalse(settings.enabled);
    assert.equal(settings.supportUrl, 'https://help.example.com');
    assert.equal(settings.notificationEmail, 'desk@example.com');
    assert.equal(settings.autoClose.resolvedAfterDays, 3);
    assert.isFalse(settings.notifications.agentReply);
    assert.isTrue(settings.notifications.confirmation);
  });

  it('refuses what is invalid at its field and sends nothing', async () => {
    await mount();
    type(box('Support URL'), 'javascript:alert(1)');
    type(box('Notification email'), 'nobody');
    type(box('Reopen window (days)'), '1.5');
    save();
    await until(() => view.activeElement === box('Support URL'), 'the focus');
    assert.equal(descriptionOf(box('Support URL')), 'An address that begins with https:// or http://');
    assert.equal(descriptionOf(box('Notification email')), 'This is not an e-mail address.');
    assert.equal(descriptionOf(box('Reopen window (days)')), 'A whole number from 0 to 3,650.');
    assert.isNull((await stored()).notificationEmail);
  });

  it('shows what only the server knows to be wrong at its field', async () => {
    await mount();
    type(box('Notification email'), 'a@b..example');
    const errors = [{ path: 'notificationEmail', message: 'Not this one.' }];
    await mounted.server.fault({
      method: 'PUT',
      path: '^/api/settings$',
      status: 422,
      body: { code: 'validation_failed', title: 'Invalid', detail: 'x', status: 422, errors },
    });
    type(box('Notification email'), 'a@b.example');
    save();
    await until(() => descriptionOf(box('Notification email')) === 'Not this one.', 'the error');
    assert.equal(view.activeElement, box('Notification email'));
  });

  it('assigns by default to one agent, by category, or in turns', async () => {
    await mount({
      seed: async (server) => {
        await server.as('agent').send('GET', '/session');
        await server.as('otherAgent').send('GET', '/session');
      },
    });
    const mode = () => labelled<HTMLSelectElement>(view, 'Default assignment');
    const agent = () => labelled<HTMLSelectElement>(view, 'Agent');
    choose(mode(), 'agent');
    await until(() => agent().options.length > 2, 'the agents');
    save();
    await until(() => descriptionOf(agent()) === 'Choose the agent who gets new tickets.', 'the error');
    choose(agent(), 'agent-2');
    save();
    await said('Settings saved.');
    assert.equal((await stored()).assignment.agentId, 'agent-2');

    choose(mode(), 'category');
    const billing = await until(() => labelled<HTMLSelectElement>(view, 'Billing'), 'the categories');
    choose(billing, 'agent-1');
    save();
    await said('Settings saved.');
    assert.deepEqual((await stored()).assignment.byCategory, { billing: 'agent-1' });

    choose(mode(), 'round_robin');
    await until(() => labelled(view, 'Agnes Agent agnes@support.example'), 'the agents who take turns');
    save();
    await said('Choose at least one agent.');
    labelled(view, 'Agnes Agent agnes@support.example').click();
    labelled(view, 'Arno Agent arno@support.example').click();
    labelled(view, 'Assign to the first agent who replies').click();
    save();
    await said('Settings saved.');
    const { assignment } = await stored();
    assert.deepEqual(assignment.agentIds, ['agent-1', 'agent-2']);
    assert.isTrue(assignment.assignToFirstReplier);
  });

  it('does not overwrite what another admin saved, and keeps the own changes', async () => {
    await mount();
    type(box('Notification email'), 'mine@example.com');
    await saveElsewhere({ reopenWindowDays: 14, notificationEmail: 'theirs@example.com' });
    save();
    await said('Another admin saved in the meantime.');
    const notice = view.querySelector('.conflict')!.textContent.replace(/\s+/g, ' ');
    assert.include(notice, 'Reopen window (days): 7 → 14');
    assert.include(notice, 'Notification email: empty → theirs@example.com');
    assert.equal(box('Reopen window (days)').value, '14');
    assert.equal(box('Notification email').value, 'mine@example.com');
    assert.equal((await stored()).notificationEmail, 'theirs@example.com');
    save();
    await said('Settings saved.');
    const settings = await stored();
    assert.equal(settings.notificationEmail, 'mine@example.com');
    assert.equal(settings.reopenWindowDays, 14);
    assert.isNull(view.querySelector('.conflict'));
  });

  it('gives way to the other admin when asked to', async () => {
    await mount();
    type(box('Notification email'), 'mine@example.com');
    await saveElsewhere({ notificationEmail: 'theirs@example.com' });
    save();
    await said('Another admin saved in the meantime.');
    button(view, 'Use theirs').click();
    await said('All changes saved');
    assert.equal(box('Notification email').value, 'theirs@example.com');
  });

  it('keeps unsaved changes while one looks elsewhere, until they are discarded', async () => {
    await mount();
    type(box('Reopen window (days)'), '30');
    mounted.store.navigate({ view: 'list' });
    await until(() => !view.host.isConnected, 'the list');
    mounted.store.navigate({ view: 'settings' });
    await seeSettings();
    assert.equal(box('Reopen window (days)').value, '30');
    button(view, 'Discard').click();
    await said('All changes saved');
    assert.equal(box('Reopen window (days)').value, '7');
    assert.isNull(mounted.store.readDraft('settings'));
  });

  it('tells when the settings cannot be loaded or saved, and tries again', async () => {
    mounted = await mountSupport({ user: 'admin' });
    const refuse = { path: '^/api/settings$', status: 500, body: { code: 'internal' } };
    await mounted.server.fault(refuse);
    mounted.store.navigate({ view: 'settings' });
    const find = () =>
      mounted.element.shadowRoot!.querySelector<AdminSettings>('support-center-admin-settings');
    view = await until(() => find()?.shadowRoot, 'the settings');
    await said('The settings could not be loaded.');
    button(view, 'Try again').click();
    await until(() => button(view, 'Save'), 'the form');
    type(box('Reopen window (days)'), '30');
    await mounted.server.fault({ ...refuse, method: 'PUT' });
    save();
    await said('What you changed is still here.');
    save();
    await said('Settings saved.');
    assert.equal((await stored()).reopenWindowDays, 30);
  });

  it('has no accessibility faults in any mode and with errors', async () => {
    await mount();
    type(box('Support URL'), 'nowhere');
    save();
    await until(() => view.activeElement === box('Support URL'), 'the focus');
    for (const mode of ['agent', 'category', 'round_robin']) {
      choose(labelled<HTMLSelectElement>(view, 'Default assignment'), mode);
      await (view.host as AdminSettings).updateComplete;
      assert.deepEqual(await accessibilityFaults(mounted.element), [], mode);
    }
  });
});
