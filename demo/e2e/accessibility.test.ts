import axe, { type AxeResults } from 'axe-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { prepareSceneTickets } from '../scene-tickets.ts';
import { PERSON_OF_ROLE, SCENES, type SceneRole, type SceneTickets } from '../scenes.ts';
import { DemoProcess } from '../testing/demo-process.ts';
import { readTree } from '../testing/read-tree.ts';
import { Visitors } from '../testing/visitors.ts';

type View = [scene: string, role: SceneRole, scheme: 'light' | 'dark', theme: string];

/** Each view in one theme; the element's own tests try every state. */
const VIEWS: View[] = [
  ['list', 'client', 'light', 'default'],
  ['list', 'agent', 'dark', 'dense'],
  ['list', 'admin', 'light', 'contrast'],
  ['list-empty', 'client', 'light', 'rounded'],
  ['list-error', 'client', 'dark', 'dense'],
  ['form', 'client', 'dark', 'rounded'],
  ['form-errors', 'client', 'light', 'default'],
  ['ticket', 'client', 'dark', 'contrast'],
  ['ticket', 'agent', 'dark', 'default'],
  ['ticket-note', 'agent', 'light', 'rounded'],
  ['ticket-closed', 'client', 'dark', 'rounded'],
  ['ticket-closed', 'agent', 'light', 'contrast'],
  ['ticket-expired', 'client', 'light', 'dense'],
  ['delete-dialog', 'admin', 'light', 'default'],
  ['settings', 'admin', 'dark', 'default'],
  ['launcher', 'client', 'light', 'default'],
];

/** What a reader's system may ask for instead of a theme. */
const PREFERENCES = {
  'forced-colors': { forcedColors: 'active' },
  'prefers-contrast': { contrast: 'more' },
} as const;

/** `E2E_LONG=1 npm run test:e2e accessibility`: every scene, role, scheme, theme and preference; a quarter of an hour. */
const EVERYTHING: View[] = SCENES.flatMap(({ name, roles }) =>
  roles.flatMap((role) =>
    (['light', 'dark'] as const).flatMap((scheme) =>
      ['default', 'dense', 'rounded', 'contrast', ...Object.keys(PREFERENCES)].map((theme): View => [
        name,
        role,
        scheme,
        theme,
      ]),
    ),
  ),
);
const isLong = process.env['E2E_LONG'] === '1';

let demo: DemoProcess;
let empty: DemoProcess;
let visitors: Visitors;
let tickets: SceneTickets;
beforeAll(async () => {
  const env = { RATE_LIMIT: 'off' };
  [demo, empty] = await Promise.all([DemoProcess.start({ samples: true, env }), DemoProcess.start({ env })]);
  tickets = await prepareSceneTickets(demo);
  visitors = await Visitors.open(demo.url);
});
afterAll(async () => {
  await visitors?.close();
  await demo?.close();
  await empty?.close();
});

test.each(isLong ? EVERYTHING : VIEWS)(
  'axe finds nothing in %s as %s, %s, %s, and its accessibility tree is the recorded one',
  async (name, role, scheme, theme) => {
    const scene = SCENES.find((one) => one.name === name)!;
    // Cookies are of a host, whatever its port: who is signed in here is there, too.
    const { url } = scene.empty ? empty : demo;
    const { page, context } = await visitors.visit(PERSON_OF_ROLE[role], {
      url: url + (scene.path?.(tickets) ?? 'support'),
      scheme,
      // As an init script: the page's policy lets nothing else in.
      script: axe.source,
      prepare: async (one) => {
        await one.context().addCookies([{ name: 'acme_theme', value: theme, url: demo.url }]);
        if (theme in PREFERENCES) await one.emulateMedia(PREFERENCES[theme as keyof typeof PREFERENCES]);
        await scene.prepare?.(one);
      },
    });
    await scene.act?.(page);
    await scene.until(page);
    const { violations } = await page.evaluate(async (ownColors) => {
      const { axe: inPage } = window as unknown as {
        axe: { run(options: object): Promise<AxeResults> };
      };
      return await inPage.run({
        rules: { 'target-size': { enabled: true }, 'color-contrast': { enabled: !ownColors } },
      });
      // Forced ones are the reader's; axe does not know what is behind them.
    }, theme === 'forced-colors');
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target }) => `${id}: ${String(target)}`),
    );
    const tree = isLong ? null : await readTree(page);
    await context.close();
    expect(found).toEqual([]);
    // What a screen reader walks through. After a change that is meant: `npm run test:e2e -- accessibility -u`.
    if (tree !== null) await expect(tree).toMatchFileSnapshot(`trees/${name}-${role}.yml`);
  },
);
