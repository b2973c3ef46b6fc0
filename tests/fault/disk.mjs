// F14: evidence on a disk of 48 MB of its own. Results must be stored whatever the evidence does.
import { spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { declareRun, makeItem, openClient } from "./client.mjs";
import { openGround } from "./stage.mjs";

const DISK_MB = 48;
const FILE_MB = 7;

const run = (command, ...args) => spawnSync(command, args, { encoding: "utf8" });

export async function fillDisk(_ground, { toStop }) {
  const disk = fs.mkdtempSync(path.join(os.tmpdir(), "plugfest-disk-"));
  toStop.push(async () => fs.rmSync(disk, { recursive: true, force: true }));
  const mounted = run("mount", "-t", "tmpfs", "-o", `size=${DISK_MB}m`, "plugfest-fault", disk);
  if (mounted.status !== 0) {
    const why = (mounted.stderr ?? mounted.error?.message ?? "").trim();
    return { notRun: `a disk of limited size cannot be mounted here (${why}); it takes root` };
  }
  toStop.push(async () => run("umount", "-l", disk));
  const ground = await openGround({ toStop, settings: { PLUGFEST_DATA: disk } });
  const client = openClient(ground.site.url, { token: ground.tokens[1], sockets: 2 });
  const results = await declareRun(client);
  const setting = { client, results, disk };
  const told = { ...(await fill(setting)), ...(await makeReadOnly(setting)) };
  client.close();
  return judge(told);
}

const push = async ({ client, results }) =>
  (await client.send(results, { schema: "1", items: [makeItem()] })).status;

/** Declares and sends a log of `FILE_MB`; resolves to the answer to its bytes, or to the refusal before. */
async function upload({ client, results }) {
  const [, runId] = /runs\/([^/]+)\//.exec(results) ?? [];
  const bytes = Buffer.from(randomBytes((FILE_MB * 1_048_576) / 2).toString("hex"));
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const json = { run: runId, sha256, size: bytes.length, kind: "log", name: "noise.log" };
  const declared = await client.send("/api/v1/events/loopback/evidence", json);
  if (declared.status !== 200) return declared.status;
  const { upload: offer } = JSON.parse(declared.text);
  const type = { "content-type": "application/octet-stream" };
  const sent = { method: "PUT", body: bytes, headers: { ...type, ...offer.headers } };
  return (await client.ask(offer.url, sent)).status;
}

async function fill(setting) {
  const uploads = [];
  for (let at = 0; at < 10; at += 1) uploads.push(await upload(setting));
  const pushed = [await push(setting), await push(setting)];
  const broken = countBroken(setting.disk);
  // Room again: whoever comes back is served.
  for (const file of filesBelow(setting.disk, "stored").slice(0, 3)) fs.rmSync(file);
  fs.rmSync(path.join(setting.disk, "evidence/incoming"), { recursive: true, force: true });
  return { uploads, pushed, broken, afterwards: await upload(setting) };
}

async function makeReadOnly(setting) {
  const { status } = run("mount", "-o", "remount,ro", setting.disk);
  if (status !== 0) return { readOnly: null, readOnlyPushed: 200, writable: 200 };
  const readOnly = await upload(setting);
  const readOnlyPushed = await push(setting);
  run("mount", "-o", "remount,rw", setting.disk);
  return { readOnly, readOnlyPushed, writable: await upload(setting) };
}

/** Files whose name contains `part` in their folders. */
function filesBelow(disk, part) {
  return fs
    .readdirSync(disk, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.parentPath.includes(`evidence/${part}`))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** Stored files that are not what their names say. */
const countBroken = (disk) =>
  filesBelow(disk, "stored").filter((file) => {
    const sum = createHash("sha256").update(fs.readFileSync(file)).digest("hex");
    return !path.relative(disk, file).replaceAll(path.sep, "").includes(sum);
  }).length;

function judge({ uploads, pushed, broken, afterwards, readOnly, readOnlyPushed, writable }) {
  const refused = uploads.filter((status) => status === 507 || status === 503);
  const odd = uploads.filter((status) => ![200, 507, 503].includes(status));
  return {
    figures: {
      disk: `tmpfs of ${DISK_MB} MB, files of ${FILE_MB} MB`,
      uploads: uploads.join(", "),
      "results meanwhile": pushed.join(", "),
      "an upload after there was room again": afterwards,
      "read-only":
        readOnly === null
          ? "could not be made so"
          : `upload ${readOnly}, results ${readOnlyPushed}, then writable again: upload ${writable}`,
    },
    faults: {
      "the disk was not full": +(refused.length === 0),
      "uploads told something else": odd.length,
      "results not stored":
        pushed.filter((status) => status !== 200).length + +(readOnlyPushed !== 200),
      "files that are not whole": broken,
      "not taken when there was room": +(afterwards !== 200) + +(writable !== 200),
      "read-only, and not told 503 or 507": +(readOnly !== null && ![503, 507].includes(readOnly)),
    },
  };
}
