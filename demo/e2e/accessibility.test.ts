import axe, { type AxeResults } from 'axe-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { prepareSceneTickets } from '../scene-tickets.ts';
import { PERSON_OF_ROLE, SCENES, type SceneTickets } from '../scenes.ts';
import { DemoProcess } from '../testing/demo-process.ts';
import { Visitors } from '../testing/visitors.ts';

const VIEWS = ['list', 'list-nothing', 'form', 'form-errors', 'ticket', 'ticket-note', 'ticket-expired'];
const ADMIN_VIEWS = ['delete-dialog', 'settings'];

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

describe.each(['light', 'dark'] as const)('in %s', (scheme) => {
  const scenes = SCENES.filter(({ name }) => [...VIEWS, ...ADMIN_VIEWS].includes(name));
  const cases = scenes.flatMap((scene) => scene.roles.map((role) => ({ scene, role, name: scene.name })));
  test.each(cases)('axe finds nothing in $name as $role', async ({ scene, role }) => {
    const { page, context } = await visitors.visit(PERSON_OF_ROLE[role], {
      path: scene.path?.(tickets) ?? 'support',
      scheme,
      // As an init script: the page's policy lets nothing else in.
      script: axe.source,
    });
    await page.waitForLoadState('networkidle');
    await scene.act?.(page);
    await scene.until(page);
    const { violations } = await page.evaluate(async () => {
      const { axe: inPage } = window as unknown as { axe: { run(): Promise<AxeResults> } };
      return await inPage.run();
    });
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target }) => `${id}: ${String(target)}`),
    );
    await context.close();
    expect(found).toEqual([]);
  });
});
