/**
 * `npm run screenshots [-- words]`: every scene, role, scheme and width into `screenshots/`; with words, only the files
 * whose names hold all of them (`npm run screenshots -- ticket agent dark 360`). `readme` renews the README's pictures.
 */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { buildWidget } from '../widget/build.ts';
import { findTicket, prepareSceneTickets } from './scene-tickets.ts';
import { PERSON_OF_ROLE, SCENES, type Scene, type SceneRole, type SceneTickets } from './scenes.ts';
import { DemoProcess } from './testing/demo-process.ts';
import { Visitors } from './testing/visitors.ts';

interface Shot {
  file: string;
  scene: Scene;
  role: SceneRole;
  scheme: 'light' | 'dark';
  width: number;
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const README_PICTURES: Shot[] = [
  { ...picture('list', 'client', 'light'), file: `${ROOT}demo/screenshot-client.png` },
  { ...picture('ticket', 'agent', 'dark'), file: `${ROOT}demo/screenshot-agent.png` },
];

const words = process.argv.slice(2);
const shots =
  words[0] === 'readme'
    ? README_PICTURES
    : plan().filter(({ file }) => words.every((word) => file.includes(word)));
if (shots.length === 0) {
  console.error(`No screenshot has ${words.join(' and ')} in its name.`);
  process.exit(1);
}

await buildWidget();
await mkdir(`${ROOT}screenshots`, { recursive: true });
const env = { RATE_LIMIT: 'off' };
const full = await DemoProcess.start({ samples: true, env });
const empty = shots.some(({ scene }) => scene.empty) ? await DemoProcess.start({ env }) : undefined;
// The README shows the samples alone.
const tickets =
  shots === README_PICTURES
    ? ({ conversation: await findTicket(full, 'Dashboard is blank') } as SceneTickets)
    : await prepareSceneTickets(full);
let failures = 0;
for (const demo of [full, empty]) {
  if (!demo) continue;
  const visitors = await Visitors.open(demo.url);
  for (const shot of shots) {
    if ((demo === empty) !== Boolean(shot.scene.empty)) continue;
    await take(visitors, shot, tickets).catch((error: Error) => {
      failures += 1;
      console.error(`${shot.file}: ${error.message.split('\n')[0]}`);
    });
  }
  await visitors.close();
  await demo.close();
}
console.log(`${shots.length - failures} screenshots taken, ${failures} failed.`);
process.exit(failures > 0 ? 1 : 0);

function plan(): Shot[] {
  return SCENES.flatMap((scene) =>
    scene.roles.flatMap((role) =>
      (['light', 'dark'] as const).flatMap((scheme) =>
        [360, 768, 1280].map((width) => ({
          file: `screenshots/${scene.name}-${role}-${scheme}-${width}.png`,
          scene,
          role,
          scheme,
          width,
        })),
      ),
    ),
  );
}

function picture(name: string, role: SceneRole, scheme: 'light' | 'dark'): Omit<Shot, 'file'> {
  return { scene: SCENES.find((scene) => scene.name === name)!, role, scheme, width: 1280 };
}

async function take(visitors: Visitors, shot: Shot, about: SceneTickets): Promise<void> {
  const { scene, role, scheme, width, file } = shot;
  const { page, context } = await visitors.visit(PERSON_OF_ROLE[role], {
    path: scene.path?.(about) ?? 'support',
    width,
    height: width < 700 ? 780 : 860,
    scheme,
    prepare: scene.prepare,
  });
  try {
    await scene.act?.(page);
    await scene.until(page);
    await page.waitForTimeout(150);
    await page.screenshot({ path: file.startsWith(ROOT) ? file : ROOT + file, fullPage: scene.fullPage });
  } finally {
    await context.close();
  }
}
