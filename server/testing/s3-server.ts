import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import S3rver from 's3rver';
import type { S3Config } from '../config-attachments.ts';
import { findSignatureFault, type S3Keys } from './s3-signature.ts';

/** What goes wrong with the next request that fits. */
export interface S3Fault {
  /** Default: any. */
  method?: string;
  does:
    /** An error document with this status. */
    | { status: number; code: string }
    /** Takes the request, and is never heard of again. */
    | 'silence'
    /** The connection is cut before an answer. */
    | 'cut'
    /** The request is carried out; then the connection is cut. */
    | 'cut-after'
    /** Half the answer's bytes, then the connection is cut. */
    | 'cut-midway'
    /** Half the answer's bytes, and no more. */
    | 'silence-midway';
}

export interface S3Server {
  url: string;
  bucket: string;
  keys: S3Keys;
  config(more?: Partial<S3Config>): S3Config;
  /** As the server reads it. */
  env: Record<string, string>;
  /** Taken from the front, one a request. */
  faults: S3Fault[];
  /** `PUT /bucket/key`, and so on: every request so far. */
  requests: string[];
  /** Puts one byte under each name, past the server: two thousand uploads take a minute. */
  fill(names: string[]): Promise<void>;
  /** Connections that are open. */
  connections(): Promise<number>;
  close(): Promise<void>;
}

const BUCKET = 'support-files';
const KEYS: S3Keys = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };

/** A real S3 server on a free port, that checks signatures and hashes, and goes wrong when it is told to. */
export async function startS3Server(): Promise<S3Server> {
  const directory = await mkdtemp(join(tmpdir(), 'support-center-s3-'));
  const inner = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    vhostBuckets: false,
    configureBuckets: [{ name: BUCKET }],
  });
  const { port: innerPort } = await inner.run();
  const faults: S3Fault[] = [];
  const requests: string[] = [];
  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy());
  });
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    requests.push(`${request.method} ${request.url}`);
    const at = faults.findIndex(({ method }) => method === undefined || method === request.method);
    const does = at === -1 ? undefined : faults.splice(at, 1)[0]!.does;
    if (does === 'cut') return void request.socket.destroy();
    const body = await buffer(request);
    if (does === 'silence') return;
    if (typeof does === 'object') return refuse(response, does.status, does.code);
    const fault = findSignatureFault(request, body, KEYS);
    if (fault !== null) return refuse(response, 403, fault);
    const { method, url, headers } = request;
    const onward = forward({ host: '127.0.0.1', port: innerPort, method, path: url, headers });
    onward.end(body);
    const answered = await new Promise<IncomingMessage>((resolve, reject) => {
      onward.once('response', resolve).once('error', reject);
    });
    const content = await buffer(answered);
    if (does === 'cut-after') return void request.socket.destroy();
    response.writeHead(answered.statusCode!, answered.headers);
    if (does !== 'cut-midway' && does !== 'silence-midway') return void response.end(content);
    response.write(content.subarray(0, content.length / 2), () => {
      if (does === 'cut-midway') request.socket.destroy();
    });
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    bucket: BUCKET,
    keys: KEYS,
    config: (more) => ({
      kind: 's3',
      bucket: BUCKET,
      prefix: 'center/files',
      endpoint: url,
      region: 'us-east-1',
      credentials: KEYS,
      ...more,
    }),
    env: {
      ATTACHMENTS_URL: `s3://${BUCKET}/center/files`,
      S3_ENDPOINT: url,
      AWS_ACCESS_KEY_ID: KEYS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
      AWS_REGION: 'us-east-1',
    },
    faults,
    requests,
    async fill(names) {
      await Promise.all(
        names.map(async (name) => {
          const path = join(directory, BUCKET, `${name}._S3rver_object`);
          await mkdir(dirname(path), { recursive: true });
          await writeFile(path, 'x');
        }),
      );
    },
    connections: () =>
      new Promise((resolve, reject) => {
        server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
      }),
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await inner.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function refuse(response: ServerResponse, status: number, code: string): void {
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>secret words</Message></Error>`;
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(text);
}
