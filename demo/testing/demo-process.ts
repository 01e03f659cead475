import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { IS_POSTGRES } from '../../server/testing/open-test-database.ts';
import { changeRowsOnPostgres, createDatabase } from '../../server/testing/postgres/databases.ts';

const SERVER = fileURLToPath(new URL('../server.ts', import.meta.url));

/** One captured mail, as the demo's mailbox lists it. */
export interface CapturedMail {
  id: number;
  kind: string;
  to: string;
  subject: string;
  text: string;
}

/** The demo as a process of its own, on a free port, with a database of its own. */
export class DemoProcess {
  /** With a slash at the end. Stays the same over `restart`. */
  url = '';
  readonly #folder: string;
  readonly #samples: boolean;
  readonly #env: NodeJS.ProcessEnv;
  #child: ChildProcess | undefined;

  private constructor(folder: string, samples: boolean, env: NodeJS.ProcessEnv) {
    this.#folder = folder;
    this.#samples = samples;
    this.#env = env;
  }

  static async start(options: { samples?: boolean; env?: NodeJS.ProcessEnv } = {}): Promise<DemoProcess> {
    const folder = await mkdtemp(join(tmpdir(), 'support-center-demo-'));
    const database = IS_POSTGRES ? { DEMO_DATABASE_URL: (await createDatabase()).url } : {};
    const demo = new DemoProcess(folder, options.samples ?? false, { ...options.env, ...database });
    await demo.#spawn('0');
    return demo;
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.#spawn(new URL(this.url).port);
  }

  /** Ends the process as a deployment does; the data stays. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
    this.#child = undefined;
  }

  async close(): Promise<void> {
    await this.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Newest first. */
  async mails(): Promise<CapturedMail[]> {
    const response = await fetch(`${this.url}mailbox/mails`);
    return ((await response.json()) as { mails: CapturedMail[] }).mails;
  }

  /** Changes rows behind the server's back, for what would else take days. */
  async changeRows(statement: string, ...values: Array<string | number>): Promise<void> {
    const url = this.#env['DEMO_DATABASE_URL'];
    if (url !== undefined) return changeRowsOnPostgres(url, statement, values);
    const database = new DatabaseSync(join(this.#folder, 'demo.db'));
    database.exec('PRAGMA busy_timeout = 5000');
    database.prepare(statement).run(...values);
    database.close();
  }

  async #spawn(port: string): Promise<void> {
    const args = [SERVER, '--built', '--data', this.#folder, ...(this.#samples ? [] : ['--empty'])];
    const child = spawn(process.execPath, args, {
      env: { ...process.env, HOST: '', LOG_LEVEL: 'warn', ...this.#env, PORT: port },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child = child;
    this.url = await new Promise<string>((resolve, reject) => {
      let output = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        const url = /runs.* at (http:\S+)/.exec(output)?.[1];
        if (url) resolve(url);
      });
      child.once('exit', (code) => reject(new Error(`The demo ended with ${code}: ${output}`)));
    });
  }
}
