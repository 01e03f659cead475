import { startCluster } from './cluster.ts';
import { createTemplate, TEMPLATE_URL } from './databases.ts';

/** Vitest's `globalSetup`: a server for all tests. */
export default async function setup(): Promise<() => Promise<void>> {
  const cluster = await startCluster();
  try {
    process.env[TEMPLATE_URL] = await createTemplate(cluster.url);
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  return cluster.stop;
}
