import axe, { type AxeResults } from 'axe-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { prepareSceneTickets } from '../scene-tickets.ts';
import { PERSON_OF_ROLE, SCENES, type SceneRole, type SceneTickets } from '../scenes.ts';
import { DemoProcess } from '../testing/demo-process.ts';
import { Visitors } from '../testing/visitors.ts';

/** A view once for each side of it; the element's own tests try every state. */
const VIEWS: Array<[scene: string, role: SceneRole, scheme: 'light' | 'dark']> = [
  ['list', 'client', 'light'],
  ['list', 'agent', 'dark'],
  ['form-errors', 'client', 'light'],
  ['ticket', 'client', 'dark'],
  ['ticket-note', 'agent', 'light'],
  ['ticket-expired', 'client', 'light'],
  ['delete-dialog', 'admin', 'light'],
  ['settings', 'admin', 'dark'],
];

let demo: DemoProcess;
let visitors: Visitors;
let tickets: SceneTickets;
beforeAll(async () => {
  demo = await DemoProcess.start({ samples: true, env: { RATE_LIMIT: 'off' } });
  tickets = await prepareSceneTickets(demo);
  visitors = await Visitors.open(demo.url);
});
afterAll(async () => {
  await visitors?.close();
  await demo?.close();
});

test.each(VIEWS)('axe finds nothing in %s as %s, %s', async (name, role, scheme) => {
  const scene = SCENES.find((one) => one.name === name)!;
  const { page, context } = await visitors.visit(PERSON_OF_ROLE[role], {
    path: scene.path?.(tickets) ?? 'support',
    scheme,
    // As an init script: the page's policy lets nothing else in.
    script: axe.source,
  });
  await scene.act?.(page);
  await scene.until(page);
  const { violations } = await page.evaluate(async () => {
    const { axe: inPage } = window as unknown as { axe: { run(): Promise<AxeResults> } };
    return await inPage.run();
  });
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${String(target)}`));
  await context.close();
  expect(found).toEqual([]);
});
