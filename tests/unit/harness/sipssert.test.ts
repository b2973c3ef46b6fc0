import { symlinkSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { FormatError } from "@/lib/harness/failure";
import type { Draft } from "@/lib/harness/formats/draft";
import { readGroup } from "@/lib/harness/formats/formats";
import { openScratch } from "./scratch";
import { FOLDER, LOGS, plant } from "./sipssert-tree";

const scratch = openScratch();
let folders = 0;

async function read(tree: typeof LOGS, name = FOLDER) {
  folders += 1;
  const parent = path.join(scratch.folder, `logs-${folders}`);
  plant(path.join(parent, name), tree);
  return readPath(path.join(parent, name));
}

async function readPath(folder: string) {
  const source = { path: folder, name: "x", changedAt: "2026-01-01T00:00:00.000Z", isFolder: true };
  const roleOf = (task: string) => (task === "uac-sipp" ? "as" : undefined);
  const group = { label: folder, format: "auto" as const, sources: [source] };
  const reading = await readGroup(group, { exitCode: undefined, roleOf });
  return { reading, drafts: [...(reading.items() as Draft[])] };
}

describe("a folder that SIPssert wrote", () => {
  it("is read by its report, with the tasks' exit codes and logs as reasons", async () => {
    const { reading, drafts } = await read(LOGS);
    const begun = new Date(2026, 10, 22, 20, 0, 0, 250).getTime();
    const at = (ms: number) => new Date(begun + ms).toISOString();
    expect(reading).toMatchObject({ format: "sipssert", startedAt: at(0), warnings: [] });
    expect(drafts).toEqual([
      {
        test: "01.sign",
        outcome: "pass",
        rawStatus: "PASS",
        startedAt: at(0),
        durationMs: 2500,
        seen: [{ role: "as", observed: "exit 0" }],
      },
      {
        test: "02.expired",
        outcome: "fail",
        rawStatus: "FAIL",
        startedAt: at(2500),
        durationMs: 1500,
        message: "uac-sipp: exit 1",
        log: { excerpt: "unexpected 200 OK", truncated: false },
        seen: [{ role: "as", observed: "exit 1" }],
      },
      {
        test: "03.silent",
        outcome: "timeout",
        rawStatus: "TOUT",
        startedAt: at(4000),
        durationMs: 30_000,
        message: "uac-sipp: exit 255",
        log: { excerpt: "no answer", truncated: false },
        seen: [{ role: "as", observed: "exit 255" }],
      },
      { test: "04.left-out", outcome: "skipped", rawStatus: "Filtered", startedAt: at(34_000) },
    ]);
  });

  it("without a report is read by the exit codes alone, and says what that cannot tell", async () => {
    const { "report.xml": _, ...rest } = LOGS;
    const { reading, drafts } = await read(rest);
    expect(drafts.map(({ test, outcome }) => [test, outcome])).toEqual([
      ["01.sign", "pass"],
      ["02.expired", "fail"],
      ["03.silent", "fail"],
    ]);
    expect(reading.warnings).toEqual([expect.stringContaining("There is no report.xml")]);
  });

  it("with a set-up that failed names the set, whose scenarios are nowhere", async () => {
    const { reading } = await read({
      ...LOGS,
      digest: { init_tasks: { "registrar.status": "1" } },
    });
    expect(reading.warnings).toEqual([
      "digest: its set-up failed (registrar: exit 1), so its scenarios did not run.",
    ]);
  });

  it("where a task did not end is an error of the harness", async () => {
    const { "report.xml": _, ...rest } = LOGS;
    const { drafts } = await read({ ...rest, "stir-shaken": { "05.lost": { "uac.status": "" } } });
    expect(drafts).toMatchObject([{ outcome: "error", message: "uac: did not end" }]);
  });

  it("is the same by its symbolic link, and its logs do not change what it is", async () => {
    folders += 1;
    const parent = path.join(scratch.folder, `logs-${folders}`);
    plant(path.join(parent, FOLDER), LOGS);
    symlinkSync(FOLDER, path.join(parent, "latest"));
    const direct = await readPath(path.join(parent, FOLDER));
    expect((await readPath(path.join(parent, "latest"))).reading.files).toEqual(
      direct.reading.files,
    );
    plant(path.join(parent, FOLDER, "stir-shaken", "01.sign"), { "opensips.log": "more" });
    expect((await readPath(path.join(parent, FOLDER))).reading.files).toEqual(direct.reading.files);
    plant(path.join(parent, FOLDER, "stir-shaken", "01.sign"), { "opensips.status": "9" });
    expect((await readPath(path.join(parent, FOLDER))).reading.files).not.toEqual(
      direct.reading.files,
    );
  });

  it("is refused when there is nothing in it", async () => {
    await expect(read({})).rejects.toThrow(FormatError);
  });
});
