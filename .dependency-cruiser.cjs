/**
 * The walls between the rooms of the house: who may import whom. `tsPreCompilationDeps` also sees `import type`,
 * so rules that allow types alone say `dependencyTypesNot: ['type-only']`.
 */
const TESTS = '\\.test\\.ts$|/testing/|/e2e/|vitest\\.(postgres\\.)?config';
const at = (path) => ({ path, pathNot: TESTS });

/** `from` may import from our own rooms nothing but what `allowed` names. */
function only(name, from, allowed, comment) {
  return {
    name,
    comment,
    severity: 'error',
    from: at(from),
    to: { path: '^(server|widget|demo)/', pathNot: allowed },
  };
}

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'vocabulary-imports-nothing',
      severity: 'error',
      from: at('^server/contract/(vocabulary|languages|limits|errors|events)\\.ts$'),
      to: { pathNot: '^server/contract/vocabulary\\.ts$' },
    },
    only(
      'contract',
      '^server/contract/',
      '^server/contract/',
      'The shared language depends on nothing of ours.',
    ),
    only('rules', '^server/rules/', '^server/(rules|contract)/', 'Decisions are pure.'),
    {
      name: 'rules-do-no-io',
      severity: 'error',
      from: at('^server/rules/'),
      to: { dependencyTypes: ['core', 'npm'] },
    },
    {
      name: 'repositories-stay-below-services',
      severity: 'error',
      from: at('^server/.*repository\\.ts$'),
      to: { path: '/(service|routes)\\.ts$|^server/(http|auth|jobs)/|^server/app\\.ts$' },
    },
    {
      name: 'routes-never-touch-the-database',
      severity: 'error',
      from: at('^server/.*routes\\.ts$'),
      to: {
        path: '^server/db/|repository\\.ts$|node_modules/(kysely|better-sqlite3)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    only(
      'mail-templates',
      '^server/mail/templates/',
      '^server/(mail/templates|contract)/',
      'Templates are pure.',
    ),
    {
      name: 'one-driver',
      comment: 'Only server/db/ knows the driver.',
      severity: 'error',
      from: { path: '^(server|widget|demo)/', pathNot: '^server/(db|bench)/' },
      to: { path: 'node_modules/(@types/)?better-sqlite3/' },
    },
    {
      name: 'one-mail-provider',
      severity: 'error',
      from: { path: '^(server|widget|demo)/', pathNot: '^server/mail/resend(-inbound)?(\\.test)?\\.ts$' },
      to: { path: 'node_modules/resend/' },
    },
    {
      name: 'one-s3-client',
      comment: 'Loaded only where a bucket is named.',
      severity: 'error',
      from: {
        path: '^(server|widget|demo)/',
        pathNot: '^server/(storage/s3-client|deploy/make-bucket)\\.ts$',
      },
      to: { path: 'node_modules/@(aws-sdk|smithy)/' },
    },
    {
      name: 'server-knows-no-element',
      comment: 'main.ts builds the element where it is missing; the benchmarks measure it.',
      severity: 'error',
      from: { ...at('^server/'), pathNot: `${TESTS}|^server/main\\.ts$|^server/bench/` },
      to: { path: '^widget/' },
    },
    {
      name: 'element-takes-only-the-vocabulary-of-the-server',
      severity: 'error',
      from: { ...at('^widget/'), pathNot: TESTS },
      to: {
        path: '^server/',
        pathNot: '^server/contract/(vocabulary|languages|limits)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'store-has-no-lit',
      severity: 'error',
      from: at('^widget/(store|api|live|token|drafts|cell)[^/]*\\.ts$'),
      to: { path: 'node_modules/(lit|lit-html|lit-element|@lit)/|^widget/elements/' },
    },
    {
      name: 'elements-never-talk-to-the-server',
      severity: 'error',
      from: at('^widget/elements/'),
      to: {
        path: '^widget/(api|live|token|store)[^/]*\\.ts$',
        pathNot: '^widget/api-error\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'nothing-imports-the-demo',
      severity: 'error',
      from: { path: '^(server|widget)/' },
      to: { path: '^demo/' },
    },
    {
      name: 'demo-uses-public-entries',
      severity: 'error',
      from: at('^demo/'),
      to: {
        path: '^(server|widget)/',
        // `support-center`, as the recipes import it, is widget/index.ts to the type check.
        pathNot:
          '^server/support-center\\.ts$|^widget/(build(-manifest|-tokens)?|testing/browser|styles/parts|index|frameworks/\\w+)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-dev-dependency-in-the-product',
      comment: 'The build and the benchmarks are no product.',
      severity: 'error',
      from: {
        path: '^(server|widget)/',
        pathNot: `${TESTS}|^server/(bench|abuse|faults)/|^widget/(build|size)|web-test-runner`,
      },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only'],
        pathNot: 'node_modules/@types/',
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|data|coverage|screenshots)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.d.ts', '.json'],
    },
  },
};
