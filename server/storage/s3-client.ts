import type { Readable } from 'node:stream';
import type {
  DeleteObjectCommandInput,
  GetObjectCommandInput,
  GetObjectCommandOutput,
  HeadObjectCommandInput,
  HeadObjectCommandOutput,
  ListObjectsCommandInput,
  ListObjectsCommandOutput,
  PutObjectCommandInput,
  S3Client,
} from '@aws-sdk/client-s3';
import type { S3Config } from '../config-attachments.ts';
import type { S3Patience } from './persist.ts';

/** Connections at most. A download holds one for as long as its reader takes. */
const CONNECTIONS = 256;

/** The requests that attachments need, one attempt each. */
export interface S3Requests {
  /** @param sha256 of the body, in hexadecimal: the server refuses any other */
  put(input: PutObjectCommandInput, sha256: string, signal: AbortSignal): Promise<void>;
  get(
    input: GetObjectCommandInput,
    signal: AbortSignal,
  ): Promise<Omit<GetObjectCommandOutput, 'Body'> & { Body: Readable }>;
  head(input: HeadObjectCommandInput, signal: AbortSignal): Promise<HeadObjectCommandOutput>;
  delete(input: DeleteObjectCommandInput, signal: AbortSignal): Promise<void>;
  /**
   * Version 1: a page goes on behind a key. The tokens of version 2 are of no use to us, and not every server
   * makes them well.
   */
  list(input: ListObjectsCommandInput, signal: AbortSignal): Promise<ListObjectsCommandOutput>;
}

/** The SDK, loaded with the first request: who keeps files on disk never has it in memory. */
export function createS3Client(
  config: S3Config,
  patience: S3Patience,
): { open(): Promise<S3Requests>; close(): void } {
  let opening: Promise<{ client: S3Client; requests: S3Requests }> | undefined;
  return {
    async open() {
      opening ??= openClient(config, patience);
      return (await opening).requests;
    },
    close() {
      void opening?.then(({ client }) => client.destroy());
      opening = undefined;
    },
  };
}

async function openClient(config: S3Config, patience: S3Patience) {
  const sdk = await import('@aws-sdk/client-s3');
  const agent = { keepAlive: true, maxSockets: CONNECTIONS };
  const client = new sdk.S3Client({
    region: config.region,
    endpoint: config.endpoint,
    forcePathStyle: config.endpoint !== undefined,
    credentials: config.credentials,
    // We repeat ourselves: the SDK cannot send a stream twice.
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: patience.connectMs,
      httpAgent: agent,
      httpsAgent: agent,
      logger: SILENT,
    },
    // Newer checksums come in trailers that many compatible servers do not know. We send our own.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    logger: SILENT,
  });
  const requests: S3Requests = {
    async put(input, sha256, abortSignal) {
      const command = new sdk.PutObjectCommand({
        ...input,
        ContentType: 'application/octet-stream',
        ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
      });
      // The signature covers it, so that every server that checks signatures checks the bytes too.
      command.middlewareStack.add(
        (next) => (args) => {
          (args.request as { headers: Record<string, string> }).headers['x-amz-content-sha256'] = sha256;
          return next(args);
        },
        { step: 'build', name: 'signContent' },
      );
      await client.send(command, { abortSignal });
    },
    async get(input, abortSignal) {
      const found = await client.send(new sdk.GetObjectCommand(input), { abortSignal });
      return { ...found, Body: found.Body as Readable };
    },
    head: (input, abortSignal) =>
      client.send(new sdk.HeadObjectCommand({ ChecksumMode: 'ENABLED', ...input }), { abortSignal }),
    async delete(input, abortSignal) {
      await client.send(new sdk.DeleteObjectCommand(input), { abortSignal });
    },
    list: (input, abortSignal) => client.send(new sdk.ListObjectsCommand(input), { abortSignal }),
  };
  return { client, requests };
}

/** What goes wrong is thrown, and logged by whoever catches it. */
const SILENT = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };
