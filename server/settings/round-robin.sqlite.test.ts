import { expect, it } from 'vitest';
import { transact } from '../db/transact.ts';
import { createTestApp } from '../testing/test-app.ts';
import { takeRoundRobinTurn } from './service.ts';

// On PostgreSQL a turn is left out: its sequence keeps nobody waiting for a transaction that may fail.
it('a turn of the round robin that is rolled back is given back', async () => {
  const test = await createTestApp();
  const turn = () => transact(test.deps.db, takeRoundRobinTurn);
  await turn();
  const failing = transact(test.deps.db, async (trx) => {
    await takeRoundRobinTurn(trx);
    throw new Error('Rolled back.');
  });
  await expect(failing).rejects.toThrow('Rolled back.');
  expect(await turn()).toBe(1);
  await test.close();
});
