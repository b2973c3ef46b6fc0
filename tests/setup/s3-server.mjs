// A real S3 service on loopback, with the bucket that evidence is kept in.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import S3rver from "s3rver";

/** @returns {Promise<{ url: string, stop: () => Promise<void> }>} */
export async function startS3() {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "plugfest-s3-"));
  const server = new S3rver({
    address: "127.0.0.1",
    port: 0,
    silent: true,
    directory,
    configureBuckets: [{ name: "plugfest", configs: [] }],
  });
  const { port } = await server.run();
  const stop = async () => {
    await server.close();
    fs.rmSync(directory, { recursive: true, force: true });
  };
  return { url: `http://127.0.0.1:${port}`, stop };
}
