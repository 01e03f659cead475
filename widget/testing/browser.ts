import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

const COMMANDS = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'chrome'];

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/usr/lib/chromium/chromium',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** Where `playwright-core install chromium` leaves the program, below a folder for each revision. */
const IN_PLAYWRIGHT_FOLDER = [
  'chrome-linux/chrome',
  'chrome-linux64/chrome',
  'chrome-linux/headless_shell',
  'chrome-headless-shell-linux64/chrome-headless-shell',
  'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
  'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  'chrome-win/chrome.exe',
  'chrome-win64/chrome.exe',
];

/**
 * The Chromium that tests, screenshots and benchmarks run in: `CHROME_PATH`, else one in the PATH, in the usual
 * places, or in Playwright's cache.
 *
 * @returns its path, or null when the machine has none
 * @throws Error when `CHROME_PATH` names something that cannot be run
 */
export function findBrowser(env: NodeJS.ProcessEnv = process.env): string | null {
  const named = env['CHROME_PATH'];
  if (named) {
    if (!isProgram(named)) throw new Error(`CHROME_PATH: ${named} is not a program.`);
    return named;
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const inPath = folders.flatMap((folder) => COMMANDS.map((command) => join(folder, command)));
  return [...inPath, ...USUAL_PLACES, ...inPlaywrightCache(env)].find(isProgram) ?? null;
}

/** @throws Error in one sentence that says what to do */
export function requireBrowser(env: NodeJS.ProcessEnv = process.env): string {
  const found = findBrowser(env);
  if (found) return found;
  throw new Error('No Chromium found: install one, name it in CHROME_PATH, or run `npm test` once.');
}

/** Flags for a Chromium that starts the same everywhere and talks to nobody but the page's own servers. */
export function browserArgs(): string[] {
  return [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    // /dev/shm is 64 MB in a container.
    '--disable-dev-shm-usage',
    // Chromium refuses its sandbox to root.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
}

function inPlaywrightCache(env: NodeJS.ProcessEnv): string[] {
  const caches = [
    env['PLAYWRIGHT_BROWSERS_PATH'],
    join(homedir(), '.cache/ms-playwright'),
    join(homedir(), 'Library/Caches/ms-playwright'),
    env['LOCALAPPDATA'] && join(env['LOCALAPPDATA'], 'ms-playwright'),
  ];
  return caches.flatMap((cache) => {
    if (!cache || !existsSync(cache)) return [];
    const revisions = readdirSync(cache).filter((name) => name.startsWith('chromium'));
    // `chromium-1200` before `chromium_headless_shell-1200`, newest first.
    revisions.sort((a, b) => a.split('-')[0]!.localeCompare(b.split('-')[0]!) || b.localeCompare(a));
    return revisions.flatMap((name) => IN_PLAYWRIGHT_FOLDER.map((path) => join(cache, name, path)));
  });
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
