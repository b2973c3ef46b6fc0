import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { Refusal } from "@/lib/core/refusal";
import type { Judge, Storage } from "@/lib/storage/contract";
import { openDisk } from "@/lib/storage/disk";

const root = mkdtempSync(path.join(tmpdir(), "plugfest-disk-"));
const mounted: string[] = [];
afterAll(() => {
  for (const folder of mounted) execFileSync("/bin/umount", [folder]);
  rmSync(root, { recursive: true, force: true });
});

const SUM = "ab".repeat(32);
const upload = { id: `1-${SUM}`, sha256: SUM, size: 900_000 };
const agrees: Judge = { add: () => undefined, decide: () => undefined };

async function* chunks(bytes: number) {
  for (let at = 0; at < bytes; at += 50_000) yield new Uint8Array(Math.min(50_000, bytes - at));
}

const take = (disk: Storage, offset: number, bytes: number) => {
  if (!disk.take) throw new Error("A disk takes bytes.");
  return disk.take(upload, offset, chunks(bytes));
};

const refusal = (asked: Promise<unknown>) =>
  asked.then(
    () => "done",
    (error: unknown) => (error instanceof Refusal ? [error.status, error.code] : error),
  );

/** A file system of so many bytes: really full when it is full. */
function smallDisk(name: string, size: string): string {
  const folder = path.join(root, name);
  mkdirSync(folder);
  execFileSync("/bin/mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder]);
  mounted.push(folder);
  return folder;
}

const canMount = (() => {
  try {
    smallDisk("probe", "64k");
    return true;
  } catch {
    return false;
  }
})();

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

describe("a disk for evidence", () => {
  it("stores a file whole, below the first digits of its hash, and leaves nothing beside it", async () => {
    const data = path.join(root, "whole");
    const disk = openDisk(data);
    expect(await disk.offer(upload)).toEqual({ kind: "here", offset: 0 });
    expect(await take(disk, 0, 400_000)).toBe(400_000);
    expect(await disk.offer(upload)).toEqual({ kind: "here", offset: 400_000 });
    expect(await take(disk, 400_000, 500_000)).toBe(900_000);
    expect(await disk.keep(upload, agrees)).toBe(true);
    expect(readFileSync(path.join(data, "evidence/stored/ab", SUM))).toHaveLength(900_000);
    expect(filesIn(data)).toEqual([SUM]);
    expect(await disk.keep(upload, agrees)).toBe(false);
    const stream = await disk.open(SUM, { start: 899_990, end: 899_999 });
    expect((await new Response(stream).arrayBuffer()).byteLength).toBe(10);
  });

  it("keeps nothing of what its judge refuses", async () => {
    const data = path.join(root, "refused");
    const disk = openDisk(data);
    await disk.offer(upload);
    await take(disk, 0, 900_000);
    const decide = () => {
      throw new Refusal("invalid", "Not this.");
    };
    expect(await refusal(disk.keep(upload, { ...agrees, decide }))).toEqual([422, "invalid"]);
    expect(filesIn(data)).toEqual([]);
  });

  it("without room says so, 507, and holds no half file", async () => {
    const data = path.join(root, "dev-full");
    const disk = openDisk(data);
    await disk.offer(upload);
    symlinkSync("/dev/full", path.join(data, "evidence/incoming", upload.id));
    expect(await refusal(take(disk, 0, 900_000))).toEqual([507, "storage_full"]);
    expect(readdirSync(path.join(data, "evidence/incoming"))).toEqual([]);
  });

  it("where nothing may be written says 503", async () => {
    const disk = openDisk("/sys/plugfest");
    expect(await refusal(disk.offer(upload))).toEqual([503, "storage_unavailable"]);
  });

  it.runIf(canMount)(
    "that gets full while bytes come says so, and holds no half file",
    async () => {
      const data = smallDisk("full", "600k");
      const disk = openDisk(data);
      await disk.offer(upload);
      expect(await refusal(take(disk, 0, 900_000))).toEqual([507, "storage_full"]);
      expect(filesIn(data)).toEqual([]);
    },
  );

  it.runIf(canMount)("that gets full while a file is stored says so too", async () => {
    const data = smallDisk("nearly", "1200k");
    const disk = openDisk(data);
    await disk.offer(upload);
    expect(await take(disk, 0, 900_000)).toBe(900_000);
    expect(await refusal(disk.keep(upload, agrees))).toEqual([507, "storage_full"]);
    expect(filesIn(data)).toEqual([]);
  });

  it.runIf(canMount)("that may only be read says 503 too", async () => {
    const data = smallDisk("read-only", "64k");
    execFileSync("/bin/mount", ["-o", "remount,ro", data]);
    expect(await refusal(openDisk(data).offer(upload))).toEqual([503, "storage_unavailable"]);
  });

  it("that is no folder, and bytes that are gone, are 503", async () => {
    const file = path.join(root, "a-file");
    writeFileSync(file, "");
    expect(await refusal(openDisk(file).offer(upload))).toEqual([503, "storage_unavailable"]);
    const disk = openDisk(path.join(root, "empty"));
    expect(await refusal(disk.open(SUM, { start: 0, end: 1 }))).toEqual([
      503,
      "storage_unavailable",
    ]);
  });
});
