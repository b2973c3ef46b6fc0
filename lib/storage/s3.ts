import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { Refusal } from "@/lib/core/refusal";
import type { Judge, Storage, Upload } from "./contract";
import { unavailable } from "./failure";

type Settings = {
  readonly url: string;
  readonly bucket: string;
  readonly region: string;
  readonly key: string | undefined;
  readonly secret: string | undefined;
};

/** How long an address may be put to; the longest upload on a slow line begins within it. */
const PUT_SECONDS = 900;

const partOf = ({ id }: Upload) => `evidence/incoming/${id}`;
const placeOf = (sha256: string) => `evidence/stored/${sha256.slice(0, 2)}/${sha256}`;

/**
 * Evidence in a bucket. Bytes go there directly, to an address that is signed for one upload and its
 * size; they are read back, judged, and only then copied to where they are read from.
 */
export function openS3({ url, bucket, region, key, secret }: Settings): Storage {
  const client = new S3Client({
    endpoint: url,
    region,
    forcePathStyle: true,
    // Older services take the SDK's checksum trailer for a part of the file.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 3000, requestTimeout: 60_000 },
    ...(key && secret ? { credentials: { accessKeyId: key, secretAccessKey: secret } } : {}),
  });
  const read = async (Key: string, more: { Range?: string } = {}) => {
    const { Body, ETag } = await client.send(
      new GetObjectCommand({ Bucket: bucket, Key, ...more }),
    );
    if (!Body) throw new Error(`S3 gave no body for ${Key}.`);
    return { stream: Body.transformToWebStream() as ReadableStream<Uint8Array>, version: ETag };
  };
  const store = async (upload: Upload, version: string | undefined) => {
    await client.send(
      new CopyObjectCommand({
        Bucket: bucket,
        Key: placeOf(upload.sha256),
        CopySource: `${bucket}/${partOf(upload)}`,
        // Its address may still be put to: what is copied is what was judged, or nothing.
        CopySourceIfMatch: version,
      }),
    );
  };
  const discard = (upload: Upload) =>
    client.send(new DeleteObjectCommand({ Bucket: bucket, Key: partOf(upload) }));
  return {
    offer: (upload) =>
      guarded(async () => {
        const put = { Bucket: bucket, Key: partOf(upload), ContentLength: upload.size };
        const address = await getSignedUrl(client, new PutObjectCommand(put), {
          expiresIn: PUT_SECONDS,
        });
        return { kind: "elsewhere", url: address, headers: {} };
      }),
    take: null,
    keep: (upload, judge) =>
      guarded(async () => {
        const found = await read(partOf(upload)).catch(absentAsNull);
        if (!found) return false;
        try {
          await judgeAll(found.stream, judge);
        } catch (error) {
          if (error instanceof Refusal) await discard(upload);
          throw error;
        }
        await store(upload, found.version);
        await discard(upload);
        return true;
      }),
    open: (sha256, { start, end }) =>
      guarded(async () => {
        const { stream } = await read(placeOf(sha256), { Range: `bytes=${start}-${end}` });
        return stream;
      }),
  };
}

async function judgeAll(stream: ReadableStream<Uint8Array>, judge: Judge) {
  for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>) judge.add(chunk);
  judge.decide();
}

function absentAsNull(error: unknown): null {
  if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return null;
  throw error;
}

/** Whatever the service does not do, the caller can only wait for; a Refusal is the judge's. */
async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Refusal ? error : unavailable(error);
  }
}
