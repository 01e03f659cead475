import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { drawBlankDashboard } from '../draw-png.ts';
import { DemoProcess } from '../testing/demo-process.ts';
import { Visitors } from '../testing/visitors.ts';
import { SupportPage } from './support-page.ts';

const SUBJECT = 'Charts stay empty after signing in';
const NOTE = 'Worker 7 again: restart it before answering.';
const REPLY = 'Your charts are back, please have a look.';

let demo: DemoProcess;
let visitors: Visitors;
beforeAll(async () => {
  demo = await DemoProcess.start();
  visitors = await Visitors.open(demo.url);
});
afterAll(async () => {
  await visitors?.close();
  await demo?.close();
});

test('a ticket lives from the screenshot of a client to its deletion', async () => {
  // The agents sign in once, so that the server knows whom a ticket can be assigned to.
  const tom = await visitors.visit('tom');
  await new SupportPage(tom.page).loaded();

  const clara = await visitors.visit('clara');
  const client = new SupportPage(clara.page);
  await client.loaded();
  const number = await client.fileTicket({
    subject: SUBJECT,
    description: 'The menu loads, **the charts** do not.\n\n```\n504 Gateway Timeout\n```',
    category: 'Technical',
    priority: 'High',
    relatedApp: 'site-eu',
    file: { name: 'charts.png', mimeType: 'image/png', buffer: Buffer.from(drawBlankDashboard()) },
  });
  expect(number).toBe('SUP-1001');

  const mails = await demo.mails();
  const confirmation = mails.find((mail) => mail.kind === 'confirmation');
  expect(confirmation?.to).toContain('clara@brightwave.example');
  expect(confirmation?.subject).toContain(number);
  expect(confirmation?.text).toContain(`${demo.url}support`);

  // The screenshot is shown, not only named.
  await vi.waitFor(async () => {
    const image = client.messages().locator('img').first();
    expect(await image.evaluate((node) => (node as HTMLImageElement).naturalWidth)).toBe(960);
  });
  await expect.poll(() => client.messages().locator('pre').innerText()).toContain('504 Gateway Timeout');

  const priya = await visitors.visit('priya');
  const agent = new SupportPage(priya.page);
  await agent.loaded();
  await agent.openTicket(SUBJECT);
  await agent.choice('Assignee').selectOption({ label: 'Priya Raman' });
  await agent
    .messages()
    .getByText(/Priya Raman (took|assigned)/)
    .waitFor();
  const note = priya.page.getByRole('checkbox', { name: 'Internal note', exact: true });
  await note.check();
  await priya.page.getByRole('textbox', { name: /Internal note|Reply/ }).fill(NOTE);
  await agent.button('Add note').click();
  await agent.messages().getByText(NOTE).waitFor();
  await note.uncheck();
  await agent.reply(REPLY);
  await expect.poll(() => agent.choice('Status').inputValue()).toBe('waiting_user');

  const answer = (await demo.mails()).find((mail) => mail.kind === 'agentReply');
  expect(answer?.subject).toContain(number);
  expect(answer?.text).toContain(REPLY);
  expect((await demo.mails()).map((mail) => mail.text).join('\n')).not.toContain(NOTE);

  await clara.page.reload();
  await client.messages().getByText(REPLY).waitFor();
  expect(await clara.page.getByText(NOTE).count()).toBe(0);
  expect(await clara.page.getByText('Internal note').count()).toBe(0);
  await client.reply('They are, thank you!');

  await priya.page.reload();
  await agent.messages().getByText('They are, thank you!').waitFor();
  expect(await agent.choice('Status').inputValue()).toBe('in_progress');
  await agent.choice('Status').selectOption({ label: 'Resolved' });
  await expect.poll(async () => (await demo.mails())[0]?.kind).toBe('resolved');
  await agent.button('Close ticket').click();
  await expect.poll(async () => (await demo.mails())[0]?.kind).toBe('closed');
  await agent.button('Reopen ticket').waitFor();

  await clara.page.reload();
  await client.button('Reopen ticket').click();
  await client.box('Reply').waitFor();
  await client.backToList();
  expect(await client.badgeCount('In Progress')).toBe(1);
  expect(await client.badgeCount('Closed')).toBe(0);

  expect(priya.problems).toEqual([]);
  const sofia = await visitors.visit('sofia');
  const admin = new SupportPage(sofia.page);
  await admin.loaded();
  await admin.openTicket(SUBJECT);
  await admin.button('Delete ticket').click();
  const dialog = sofia.page.getByRole('dialog');
  await dialog.getByText(number).first().waitFor();
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
  await admin.loaded();
  await expect.poll(() => admin.rows().count()).toBe(0);

  // The agent who still has it open is told, and their page asks for nothing that is gone.
  await priya.page.getByText('This ticket was deleted').waitFor();
  expect(priya.problems).toEqual([]);

  // Gone for the client too, without a trace in the list.
  await clara.page.reload();
  await client.loaded();
  await clara.page.getByText('No tickets yet').waitFor();
  for (const visit of [clara, sofia, tom]) expect(visit.problems).toEqual([]);
});
