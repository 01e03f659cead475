import { assert } from '@open-wc/testing';
import { hashOfRoute, HashRouter, routeOfHash } from './router.ts';
import type { Route } from './state.ts';
import { until } from './testing/fixture.ts';

describe('routeOfHash', () => {
  const routes: Route[] = [
    { view: 'list' },
    { view: 'new' },
    { view: 'settings' },
    { view: 'ticket', number: 'SUP-1001' },
    { view: 'ticket', number: 'A/B c' },
  ];
  for (const route of routes) {
    it(`reads back what hashOfRoute writes: ${hashOfRoute(route)}`, () => {
      assert.deepEqual(routeOfHash(hashOfRoute(route)), route);
    });
  }

  for (const hash of [
    '',
    '#',
    '#supporters',
    '#top',
    '#/support',
    '#support/x',
    '#support/tickets/a/b',
    '#support/tickets/%',
  ]) {
    it(`leaves ${JSON.stringify(hash)} to the host`, () => assert.isNull(routeOfHash(hash)));
  }
});

describe('HashRouter', () => {
  let router: HashRouter | undefined;
  const before = location.href;
  afterEach(() => {
    router?.stop();
    history.replaceState(null, '', before);
  });

  it('writes an entry that Back leaves', async () => {
    const seen: Route[] = [];
    router = new HashRouter((route) => seen.push(route));
    assert.isNull(router.start());
    router.write({ view: 'list' });
    assert.equal(location.hash, '', 'the first list needs no address');
    router.write({ view: 'ticket', number: 'SUP-1001' });
    assert.equal(location.hash, '#support/tickets/SUP-1001');
    history.back();
    await until(() => seen.length > 0, 'the way back');
    assert.deepEqual(seen[0], { view: 'list' });
  });

  it('puts a ticket that was just made in the place of its form', () => {
    history.replaceState(null, '', '#support/new');
    router = new HashRouter(() => undefined);
    router.start();
    const entries = history.length;
    router.write({ view: 'ticket', number: 'SUP-1001' });
    assert.equal(location.hash, '#support/tickets/SUP-1001');
    assert.equal(history.length, entries);
  });

  it('does not take its own writing for a wish of the person: the route may know more than its hash', async () => {
    const seen: Route[] = [];
    router = new HashRouter((route) => seen.push(route));
    router.start();
    const written = new Promise((resolve) => addEventListener('hashchange', resolve, { once: true }));
    router.write({ view: 'new', defaults: { followUpOf: 'SUP-1001' } });
    await written;
    assert.deepEqual(seen, []);
  });

  it('begins where a deep link points', () => {
    history.replaceState(null, '', '#support/tickets/SUP-7');
    router = new HashRouter(() => undefined);
    assert.deepEqual(router.start(), { view: 'ticket', number: 'SUP-7' });
  });
});
