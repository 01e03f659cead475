import { existsSync } from 'node:fs';
import { findBrowser } from '../widget/testing/browser.ts';
import { run, runPackage } from './step.ts';

/**
 * Finds a Chromium, or installs one: Debian's when apt is there and may be used, else Playwright's.
 *
 * @throws Error when there is none and none could be installed
 */
export async function ensureBrowser(): Promise<string> {
  const found = findBrowser();
  if (found) return found;
  console.log('No Chromium on this machine: installing one for the browser tests.');
  const ways = [installFromDebian, async () => runPackage('playwright-core', ['install', 'chromium'])];
  for (const install of ways) {
    await install();
    const installed = findBrowser();
    if (installed) return installed;
  }
  throw new Error('No Chromium could be installed. Install one by hand, or name it in CHROME_PATH.');
}

async function installFromDebian(): Promise<void> {
  if (!existsSync('/usr/bin/apt-get')) return;
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  if (asRoot.length > 0 && (await run('sudo', ['-n', 'true'])) !== 0) return;
  const apt = async (...args: string[]) => {
    const command = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
    return await run(command[0]!, command.slice(1));
  };
  await apt('update', '-qq');
  await apt('install', '-y', '-qq', 'chromium');
}
