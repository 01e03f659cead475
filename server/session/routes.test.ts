import { afterEach, beforeEach, expect, it } from 'vitest';
import { Center, Session } from '../contract/session.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { ADMIN, AGENT, CLIENT } from '../testing/users.ts';

let test: TestApp;
beforeEach(async () => {
  test = await createTestApp({ settings: { supportUrl: 'https://help.example.com' } });
});
afterEach(() => test.close());

it('tells everybody whether support is on and where else it is', async () => {
  const response = await test.app.request('/api/center');
  expect(response.status).toBe(200);
  expect(Center.parse(await response.json())).toEqual({
    enabled: true,
    supportUrl: 'https://help.example.com',
  });
});

it('tells a client who they are, what they may do and how much fits', async () => {
  const related_apps = [{ id: 'shop', name: 'Shop' }];
  const response = await test.as(CLIENT, { related_apps }).get('/api/session');
  expect(Session.parse(await response.json())).toEqual({
    actor: { id: 'client-1', name: 'Clara Client', email: 'clara@example.com', role: 'client' },
    permissions: {
      viewAllTickets: false,
      manageTickets: false,
      writeNotes: false,
      deleteTickets: false,
      manageSettings: false,
    },
    center: { enabled: true, supportUrl: 'https://help.example.com' },
    limits: {
      subjectMaxLength: 200,
      bodyMaxLength: 50_000,
      fileMaxBytes: 10 * 1024 * 1024,
      filesPerMessage: 5,
      storageMaxBytes: 500 * 1024 * 1024,
    },
    relatedApps: related_apps,
  });
});

it('gives agents the tickets, and admins deletion and settings besides', async () => {
  const agent = Session.parse(await (await test.as(AGENT).get('/api/session')).json());
  expect(agent.permissions).toMatchObject({ viewAllTickets: true, writeNotes: true, deleteTickets: false });
  expect(agent.relatedApps).toEqual([]);
  const admin = Session.parse(await (await test.as(ADMIN).get('/api/session')).json());
  expect(admin.permissions).toMatchObject({ deleteTickets: true, manageSettings: true });
});
