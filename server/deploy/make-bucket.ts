/** `node server/deploy/make-bucket.ts`: makes the bucket that `ATTACHMENTS_URL` names, where there is none yet. */
import { loadAttachments } from '../config.ts';

/** What an S3 server says of a bucket that is ours already. */
const THERE = new Set(['BucketAlreadyOwnedByYou', 'BucketAlreadyExists']);

const config = loadAttachments();
if (config.kind !== 's3') {
  process.stdout.write('ATTACHMENTS_URL names no bucket: there is nothing to make.\n');
} else {
  const { CreateBucketCommand, S3Client } = await import('@aws-sdk/client-s3');
  const { bucket, endpoint, region, credentials } = config;
  const client = new S3Client({ endpoint, region, credentials, forcePathStyle: endpoint !== undefined });
  try {
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
    process.stdout.write(`Made the bucket ${bucket}.\n`);
  } catch (error) {
    const { name } = error as Error;
    if (!THERE.has(name)) {
      process.stderr.write(`The bucket ${bucket} could not be made: ${name}.\n`);
      process.exitCode = 1;
    } else {
      process.stdout.write(`The bucket ${bucket} is there.\n`);
    }
  } finally {
    client.destroy();
  }
}
