#!/usr/bin/env node
// Plain JavaScript, so that a Node which cannot read TypeScript, or which the database driver would crash, gets
// a sentence instead of a stack trace.
import { existsSync } from 'node:fs';

const NODE_MAJOR = 22;

if (Number(process.versions.node.split('.')[0]) < NODE_MAJOR) {
  process.stderr.write(
    `support-center: needs Node ${NODE_MAJOR} or later, this is ${process.versions.node}.\n`,
  );
  process.exit(1);
}

// Node reads no TypeScript below node_modules: an installed package runs what was compiled.
const source = new URL('./main.ts', import.meta.url);
const isInstalled = /[\\/]node_modules[\\/]/.test(import.meta.url);
const entry =
  !isInstalled && existsSync(source) ? source : new URL('../../dist/server/cli/main.js', import.meta.url);
const { main } = await import(entry.href);
process.exitCode = await main(process.argv.slice(2));
