import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll } from "vitest";
import type { Draft } from "@/lib/harness/formats/draft";
import { type Format, readGroup } from "@/lib/harness/formats/formats";

import { NOTHING_ASKED } from "./golden";

const CHANGED_AT = "2026-11-23T00:00:00.000Z";

/** A folder for one test file, and its texts read as a format. */
export function openScratch() {
  const folder = mkdtempSync(path.join(tmpdir(), "plugfest-unit-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let files = 0;
  const write = (content: string | Uint8Array, name?: string) => {
    files += 1;
    const file = path.join(folder, name ?? `file-${files}`);
    writeFileSync(file, content);
    return file;
  };
  const read = (content: string | Uint8Array, format: Format | "auto" = "auto") =>
    readGroup(
      {
        label: "file",
        format,
        sources: [{ path: write(content), name: "file", changedAt: CHANGED_AT }],
      },
      NOTHING_ASKED,
    );
  return {
    folder,
    write,
    read,
    async drafts(content: string | Uint8Array, format: Format | "auto" = "auto") {
      const drafts: Draft[] = [];
      for await (const draft of (await read(content, format)).items()) drafts.push(draft);
      return drafts;
    },
  };
}
