import { env } from "@/lib/core/env";
import type { Storage } from "./contract";

let chosen: Promise<Storage> | undefined;

/** On disk, or on S3 when that is configured. */
export function storage(): Promise<Storage> {
  chosen ??= choose();
  return chosen;
}

/** Only one of them is loaded: the client for S3 weighs some megabytes. */
async function choose(): Promise<Storage> {
  const settings = env();
  if (settings.EVIDENCE_S3_URL === undefined) {
    const { openDisk } = await import("./disk");
    return openDisk(settings.PLUGFEST_DATA);
  }
  const { openS3 } = await import("./s3");
  return openS3({
    url: settings.EVIDENCE_S3_URL,
    bucket: settings.EVIDENCE_S3_BUCKET,
    region: settings.EVIDENCE_S3_REGION,
    key: settings.EVIDENCE_S3_KEY,
    secret: settings.EVIDENCE_S3_SECRET,
  });
}
