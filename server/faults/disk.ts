import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerProcess } from '../testing/server-process.ts';

/** A disk that can be made full, and empty again, under a running server. */
export interface Disk {
  name: string;
  isAvailable(): boolean;
  /** Words before the server's own, for `startServerProcess`. */
  wrapper(folder: string): string[];
  /** Where the test finds the server's `folder`. */
  seen(folder: string, server: ServerProcess): string;
  fill(folder: string, server: ServerProcess): void;
  free(folder: string, server: ServerProcess): void;
}

const MOUNT = 'mount -t tmpfs -o size=6m tmpfs "$0" && exec "$@"';
const mounting = (folder: string) => ['unshare', '-rm', 'sh', '-c', MOUNT, folder];

/** A file system of six megabytes that only the server and its children see: a real ENOSPC. */
const tinyDisk: Disk = {
  name: 'a full disk',
  isAvailable() {
    const folder = mkdtempSync(join(tmpdir(), 'support-center-mount-'));
    const [command, ...args] = mounting(folder);
    const { status } = spawnSync(command!, [...args, 'true'], { stdio: 'ignore' });
    rmdirSync(folder);
    return status === 0;
  },
  wrapper(folder) {
    const data = join(folder, 'data');
    mkdirSync(data, { recursive: true });
    return mounting(data);
  },
  seen: (folder, { pid }) => `/proc/${pid}/root${folder}`,
  fill(folder, server) {
    const data = join(this.seen(folder, server), 'data');
    const { bavail, bsize } = statfsSync(data);
    writeFileSync(join(data, 'filler'), Buffer.alloc(bavail * bsize));
  },
  free(folder, server) {
    rmSync(join(this.seen(folder, server), 'data', 'filler'));
  },
};

/** The limit of a process for the size of its files: EFBIG at every write, without any privilege. */
const noMoreBytes: Disk = {
  name: 'a file size limit',
  isAvailable: () => spawnSync('prlimit', ['--version'], { stdio: 'ignore' }).status === 0,
  wrapper: () => [],
  seen: (folder) => folder,
  fill: (_folder, { pid }) => void execFileSync('prlimit', ['--pid', String(pid), '--fsize=0:unlimited']),
  free: (_folder, { pid }) => void execFileSync('prlimit', ['--pid', String(pid), '--fsize=unlimited']),
};

/** What this machine can do. */
export const DISKS = [tinyDisk, noMoreBytes].filter((disk) => disk.isAvailable());
