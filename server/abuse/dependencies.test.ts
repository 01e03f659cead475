import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

const read = (name: string) => readFile(new URL(`../../${name}`, import.meta.url), 'utf8');
const manifest = JSON.parse(await read('package.json')) as {
  dependencies: Record<string, string>;
  allowScripts?: Record<string, boolean>;
};
const lock = JSON.parse(await read('package-lock.json')) as {
  packages: Record<
    string,
    {
      resolved?: string;
      integrity?: string;
      hasInstallScript?: boolean;
      dev?: boolean;
      link?: boolean;
      inBundle?: boolean;
    }
  >;
};

it('every dependency has its reason in the README, and none is named that is gone', async () => {
  const readme = await read('README.md');
  const section = /### Dependencies\n([\s\S]*?)\n##/.exec(readme)?.[1] ?? '';
  const rows = section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2);
  const named = rows.flatMap((row) => {
    const [, names = '', reason = ''] = row.split('|');
    expect(reason.trim().length, row).toBeGreaterThan(5);
    return [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);
  });
  expect(named.sort()).toEqual(Object.keys(manifest.dependencies).sort());
});

it('everything installed comes from the registry with a checksum, and runs no script that is not allowed', () => {
  for (const [path, { resolved, integrity, hasInstallScript, link, inBundle }] of Object.entries(
    lock.packages,
  )) {
    if (path === '' || link || inBundle) continue;
    // Left out where `.npmrc` says so: whichever registry is configured then, the checksum decides.
    if (resolved) expect(resolved, path).toMatch(/^https:\/\/registry\.npmjs\.org\//);
    expect(integrity, path).toMatch(/^sha512-/);
    const name = path.split('node_modules/').at(-1)!;
    if (hasInstallScript) expect(Object.keys(manifest.allowScripts ?? {}), path).toContain(name);
  }
});
