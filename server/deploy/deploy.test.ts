import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../config.ts';
import { OWN_ENVIRONMENT } from '../own-process.ts';
import { createTestApp } from '../testing/test-app.ts';
import { createIgnore, readDockerfile, readPairs } from '../testing/read-dockerfile.ts';
import { readYaml } from '../testing/read-yaml.ts';

/* eslint-disable @typescript-eslint/no-explicit-any -- what is looked at is of any form, and looked at for it. */
const HOUSE = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(HOUSE, path), 'utf8');
const isIgnored = createIgnore(read('.dockerignore'));
const stages = readDockerfile(read('Dockerfile'));
const final = stages.at(-1)!;
const of = (name: string) => final.instructions.filter((one) => one.name === name).map(({ rest }) => rest);
const imageEnv = Object.assign({}, ...of('ENV').map(readPairs)) as Record<string, string>;

/** Every setting that the server reads, as its source names it. */
const known = new Set(
  ['config.ts', 'config-attachments.ts', 'config-database.ts', 'config-mail.ts']
    .flatMap((file) => [...read(`server/${file}`).matchAll(/'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)'/g)])
    .map(([, name]) => name!),
);

async function answers(path: string): Promise<number> {
  const test = await createTestApp();
  try {
    return (await test.app.request(path)).status;
  } finally {
    await test.close();
  }
}

describe('the Dockerfile', () => {
  it('copies what is there, from the context or from a stage before', () => {
    stages.forEach(({ instructions }, at) => {
      for (const { rest } of instructions.filter(({ name }) => name === 'COPY')) {
        const from = /--from=(\w+)/.exec(rest)?.[1];
        const sources = rest
          .replace(/--\w+=\S+/g, '')
          .trim()
          .split(/\s+/)
          .slice(0, -1);
        expect(sources).not.toEqual([]);
        if (from) {
          expect(stages.slice(0, at).map(({ name }) => name)).toContain(from);
          continue;
        }
        for (const source of sources) {
          expect(existsSync(join(HOUSE, source)), source).toBe(true);
          expect(isIgnored(source), source).toBe(false);
        }
      }
    });
  });

  it('brings no tests, secrets or data along, and all that runs', () => {
    const all = (folder: string): string[] =>
      readdirSync(join(HOUSE, folder), { withFileTypes: true }).flatMap((entry) => {
        const path = join(folder, entry.name);
        return entry.isDirectory() ? all(path) : [path];
      });
    const sent = ['server', 'widget'].flatMap(all).filter((path) => !isIgnored(path));
    expect(sent.filter((path) => /\.test\.ts$|\/testing\/|\.db$|\.env/.test(path))).toEqual([]);
    for (const path of [
      '.git',
      '.env',
      'data/support.db',
      'node_modules/hono',
      'demo/server.ts',
      'README.md',
    ]) {
      expect(isIgnored(path), path).toBe(true);
    }
    // Nothing that runs imports what is left out.
    for (const path of sent.filter((path) => path.endsWith('.ts') && path.startsWith('server/'))) {
      for (const [, specifier] of read(path).matchAll(/^import [^;]*?from '(\.[^']+)'/gm)) {
        const target = join(path, '..', specifier!);
        if (statSync(join(HOUSE, target), { throwIfNoEntry: false })) {
          expect(isIgnored(target), `${path} imports ${target}`).toBe(false);
        }
      }
    }
  });

  it('runs on a slim Node 24 as a user with a number, without npm between it and signals', () => {
    for (const { image } of stages) expect(image).toMatch(/^node:24-[a-z]+-slim$/);
    expect(of('USER')).toEqual(['1000:1000']);
    expect(of('STOPSIGNAL')).toEqual(['SIGTERM']);
    expect(JSON.parse(of('CMD')[0]!)).toEqual(['node', 'server/main.ts']);
    expect(of('VOLUME')).toEqual(['/data']);
    const runs = stages.flatMap(({ instructions }) => instructions.filter(({ name }) => name === 'RUN'));
    for (const { rest } of runs.filter(({ rest }) => rest.includes('npm ci'))) {
      expect(rest).toContain('--ignore-scripts');
    }
  });

  it('sets what the server reads, listens where it says, and asks a route that there is', async () => {
    const ofNode = new Set(['NODE_ENV', ...Object.keys(OWN_ENVIRONMENT)]);
    for (const name of Object.keys(imageEnv).filter((name) => !ofNode.has(name))) {
      expect([...known]).toContain(name);
    }
    const config = loadConfig({ ...imageEnv, AUTH_SECRET: 's'.repeat(32), AUTH_ISSUER: 'i' });
    expect(of('EXPOSE')).toEqual([String(config.port)]);
    expect(config.host).toBe('0.0.0.0');
    const check = of('HEALTHCHECK')[0]!;
    const [, program, option, script] = JSON.parse(`["",${/CMD \[(.*)\]$/.exec(check)![1]}]`) as string[];
    expect([program, option]).toEqual(['node', '-e']);
    const path = /\}(\/\w+)`/.exec(script!)![1]!;
    expect(await answers(path)).toBe(200);
  });
});

describe('compose.yaml', async () => {
  const [compose] = (await readYaml(read('server/deploy/compose.yaml'))) as any[];
  const { services, volumes } = compose;

  it('has a server that a secret is needed for, with settings that are right', () => {
    const { environment } = services['support-center'];
    const secrets = { AUTH_SECRET: 's'.repeat(32), POSTGRES_PASSWORD: 'p', S3_SECRET_KEY: 'k' };
    const given: Record<string, string> = { ...secrets, AUTH_ISSUER: 'https://app.example.com' };
    for (const name of Object.keys(secrets))
      expect(read('server/deploy/compose.yaml')).toContain(`\${${name}:?`);
    const env = Object.fromEntries(
      Object.entries(environment as Record<string, string>).map(([name, value]) => {
        expect([...known]).toContain(name);
        const fill = (_all: string, key: string, fallback?: string) => given[key] ?? fallback ?? '';
        return [name, value.replace(/\$\{(\w+)(?::-([^}]*)|:\?[^}]*)?\}/g, fill)];
      }),
    );
    const config = loadConfig({ ...imageEnv, ...env });
    expect(config.database.kind).toBe('postgres');
    expect(config.attachments).toMatchObject({ kind: 's3', bucket: 'support-center' });
    expect(new URL(env['S3_ENDPOINT']!).hostname).toBe('files');
    expect(new URL(env['DATABASE_URL']!).hostname).toBe('database');
    expect(services.files.environment.ROOT_SECRET_KEY).toBe(environment.AWS_SECRET_ACCESS_KEY);
    expect(services.files.environment.ROOT_ACCESS_KEY).toBe(environment.AWS_ACCESS_KEY_ID);
    const grace = parseInt(services['support-center'].stop_grace_period, 10);
    expect(grace).toBeGreaterThan(config.shutdownGraceSeconds);
    expect(services['support-center'].ports).toEqual([`127.0.0.1:${config.port}:${config.port}`]);
    expect(services['support-center']).toMatchObject({ read_only: true, tmpfs: ['/tmp'] });
  });

  it('waits for what is needed, names what is there and runs what is in the image', () => {
    for (const service of Object.values<any>(services)) {
      for (const name of Object.keys(service.depends_on ?? {})) expect(services).toHaveProperty([name]);
      for (const [name, { condition }] of Object.entries<any>(service.depends_on ?? {})) {
        if (condition === 'service_healthy') expect(services[name].healthcheck.test[0]).toBe('CMD');
      }
      for (const volume of service.volumes ?? []) expect(volumes).toHaveProperty([volume.split(':')[0]]);
      if (!service.build) expect(service.image).toMatch(/:[\w.-]+$/);
    }
    const script = services.bucket.command[1];
    expect(existsSync(join(HOUSE, script))).toBe(true);
    expect(isIgnored(script)).toBe(false);
  });
});

describe('kubernetes.yaml', async () => {
  const documents = (await readYaml(read('server/deploy/kubernetes.yaml'))) as any[];
  const one = (kind: string) => documents.find((document) => document.kind === kind);
  const deployment = one('Deployment').spec;
  const pod = deployment.template.spec;
  const [container] = pod.containers;
  const settings = one('ConfigMap').data as Record<string, string>;
  const inSecret = [...read('server/deploy/kubernetes.yaml').matchAll(/--from-literal=(\w+)=/g)].map(
    ([, name]) => name!,
  );

  it('has the parts of a service, with labels that lead to each other', () => {
    expect(documents.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`)).toEqual([
      'v1 ConfigMap',
      'apps/v1 Deployment',
      'v1 Service',
      'policy/v1 PodDisruptionBudget',
    ]);
    const { labels } = deployment.template.metadata;
    expect(deployment.selector.matchLabels).toEqual(labels);
    expect(one('Service').spec.selector).toEqual(labels);
    expect(one('PodDisruptionBudget').spec.selector.matchLabels).toEqual(labels);
    expect(one('PodDisruptionBudget').spec.minAvailable).toBeLessThan(deployment.replicas);
    expect(deployment.strategy.rollingUpdate).toEqual({ maxUnavailable: 0, maxSurge: 1 });
  });

  it('gives the server settings that are right, and no secret in the open', () => {
    for (const [name, value] of Object.entries(settings)) {
      expect([...known]).toContain(name);
      expect(value).toBeTypeOf('string');
    }
    for (const name of inSecret) expect([...known]).toContain(name);
    expect(Object.keys(settings).filter((name) => /SECRET|KEY|TOKEN|DATABASE/.test(name))).toEqual([]);
    const secret: Record<string, string> = {
      AUTH_SECRET: 's'.repeat(32),
      DATABASE_URL: 'postgres://support:p@db/support',
      AWS_ACCESS_KEY_ID: 'a',
      AWS_SECRET_ACCESS_KEY: 'b',
      RESEND_API_KEY: 're_1',
    };
    expect(Object.keys(secret).sort()).toEqual([...inSecret].sort());
    const config = loadConfig({ ...imageEnv, ...settings, ...secret });
    expect(config.attachments.kind).toBe('s3');
    expect(container.ports).toEqual([{ name: 'http', containerPort: config.port }]);
    expect(container.envFrom).toEqual([
      { configMapRef: { name: one('ConfigMap').metadata.name } },
      { secretRef: { name: 'support-center' } },
    ]);
  });

  it('probes routes that there are, and leaves time to stop', async () => {
    for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe']) {
      const { path, port } = container[probe].httpGet;
      expect(port).toBe('http');
      expect(await answers(path)).toBe(200);
    }
    expect(container.readinessProbe.httpGet.path).toBe('/readyz');
    expect(one('Service').spec.ports[0].targetPort).toBe('http');
    const [program, seconds] = container.lifecycle.preStop.exec.command;
    expect(program).toBe('sleep');
    const grace = Number(settings['SHUTDOWN_GRACE_SECONDS']);
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(Number(seconds) + grace);
  });

  it('runs without rights that it does not need, and writes where it may', () => {
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(container.volumeMounts).toEqual([{ name: 'tmp', mountPath: '/tmp' }]);
    expect(pod.volumes.map(({ name }: { name: string }) => name)).toEqual(['tmp']);
  });
});
