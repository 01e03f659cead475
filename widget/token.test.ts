import { assert } from '@open-wc/testing';
import { ApiError } from './api-error.ts';
import { startServer, type TestServer } from './testing/fixture.ts';
import { TokenSource, type TokenOptions, type TokenReason } from './token.ts';

const NONE: TokenOptions = { getToken: null, tokenUrl: null, token: null };

/** A token as a host's backend makes it, but unsigned: the source never checks. */
function token(claims: Record<string, unknown>): string {
  const part = btoa(JSON.stringify(claims)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  return `e30.${part}.x`;
}

async function failure(promise: Promise<unknown>): Promise<ApiError> {
  const error: unknown = await promise.then(
    () => null,
    (cause: unknown) => cause,
  );
  assert.instanceOf(error, ApiError);
  return error;
}

describe('TokenSource', () => {
  let subjects: string[];
  let source: TokenSource;

  beforeEach(() => {
    subjects = [];
    source = new TokenSource((subject) => subjects.push(subject));
  });

  it('asks once for callers that come together, and keeps the token', async () => {
    const asked: TokenReason[] = [];
    const one = token({ sub: 'u', iat: 100, exp: 700 });
    source.configure({
      ...NONE,
      getToken: async ({ reason }) => {
        asked.push(reason);
        return one;
      },
    });
    assert.deepEqual(await Promise.all([source.get(), source.get()]), [one, one]);
    assert.equal(await source.get(), one);
    assert.deepEqual(asked, ['initial']);
    assert.deepEqual(subjects, ['u']);
  });

  it('asks anew before a token ends, by its length and not by the clock of another machine', async () => {
    const asked: TokenReason[] = [];
    let lifetime = -1;
    source.configure({
      ...NONE,
      getToken: ({ reason }) => {
        asked.push(reason);
        // Long gone by this machine's clock.
        return token({ sub: 'u', iat: 1_000_000, exp: 1_000_000 + lifetime, n: asked.length });
      },
    });
    lifetime = 600;
    await source.get();
    await source.get();
    assert.deepEqual(asked, ['initial'], 'a token of ten minutes is kept');
    source.forget();
    lifetime = 0.01;
    await source.get();
    await new Promise((resolve) => setTimeout(resolve, 30));
    await source.get();
    assert.deepEqual(asked, ['initial', 'initial', 'expired']);
  });

  it('renews a refused token once for all who were refused', async () => {
    let n = 0;
    const asked: TokenReason[] = [];
    source.configure({
      ...NONE,
      getToken: async ({ reason }) => {
        asked.push(reason);
        n += 1;
        return token({ sub: 'u', n });
      },
    });
    const first = await source.get();
    const [one, other] = await Promise.all([source.renew(first), source.renew(first)]);
    assert.equal(one, other);
    assert.notEqual(one, first);
    assert.equal(await source.renew(first), one, 'who comes late gets the new one');
    assert.deepEqual(asked, ['initial', 'rejected']);
  });

  it('says invalid_token when the host has no other', async () => {
    source.configure({ ...NONE, token: 'fixed' });
    assert.equal(await source.get(), 'fixed');
    assert.equal((await failure(source.renew('fixed'))).code, 'invalid_token');
  });

  it('says no_token when the host gives none, or fails', async () => {
    assert.equal((await failure(source.get())).code, 'no_token');
    source.configure({ ...NONE, getToken: () => Promise.reject(new Error('signed out')) });
    const error = await failure(source.get());
    assert.equal(error.code, 'no_token');
    assert.equal(error.message, 'signed out');
    source.configure({ ...NONE, getToken: () => '' });
    assert.equal((await failure(source.get())).code, 'no_token');
  });

  it('gives up asking when it is told to forget, and tells the host', async () => {
    let aborted = false;
    source.configure({
      ...NONE,
      getToken: ({ signal }) =>
        new Promise(() => signal.addEventListener('abort', () => (aborted = true), { once: true })),
    });
    const asked = failure(source.get());
    source.forget();
    assert.equal((await asked).code, 'aborted');
    assert.isTrue(aborted);
  });

  it('takes a new function for the same person without asking again, a new address not', async () => {
    source.configure({ ...NONE, getToken: () => token({ sub: 'u' }) });
    await source.get();
    assert.isFalse(source.configure({ ...NONE, getToken: () => token({ sub: 'w' }) }));
    await source.get();
    assert.deepEqual(subjects, ['u']);
    assert.isTrue(source.configure({ ...NONE, token: token({ sub: 'v' }) }));
    await source.get();
    assert.deepEqual(subjects, ['u', 'v']);
  });

  describe('with a token-url', () => {
    let server: TestServer;
    beforeEach(async () => {
      server = await startServer();
    });
    afterEach(() => server.close());

    it('reads JSON and plain text', async () => {
      source.configure({ ...NONE, tokenUrl: server.tokenUrl('client') });
      assert.match(await source.get(), /^eyJ/);
      source.configure({ ...NONE, tokenUrl: `${server.tokenUrl('client')}&text` });
      assert.match(await source.get(), /^eyJ/);
      assert.deepEqual(subjects, ['client-1', 'client-1']);
    });

    it('says no_token with the status when the host refuses', async () => {
      source.configure({ ...NONE, tokenUrl: '/test/apps/none/token' });
      const error = await failure(source.get());
      assert.equal(error.code, 'no_token');
      assert.equal(error.status, 404);
    });
  });
});
