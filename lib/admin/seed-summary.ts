import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { loadDesk, loadPreview } from "@/lib/summaries/read/desk";
import { addBlock, writeBlock } from "@/lib/summaries/write/block";
import { publishSummary } from "@/lib/summaries/write/publish";
import { mayInEvent } from "./gate";

/** A text of the account: its file is called after its track, `overview`, or anything for one more. */
type SeedText = { name: string; title: string; body: string };

/** The texts that lie beside an event's file; none where it has no summary. */
export function readTexts(folder: string): SeedText[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(".md"))
    .sort()
    .map((file) => {
      const [heading = "", ...rest] = readFileSync(path.join(folder, file), "utf8").split("\n");
      return {
        name: file.replace(/\.md$/, ""),
        title: heading.replace(/^# /, ""),
        body: rest.join("\n").trim(),
      };
    });
}

/** Writes the texts that nobody has written yet, and publishes the event with its summary. */
export async function seedSummary(eventSlug: string, texts: readonly SeedText[]): Promise<void> {
  const { blocks, versions } = await loadDesk(await mayInEvent("summary.draft", eventSlug));
  if (versions.length > 0) return;
  const mayWrite = await mayInEvent("summary.write", eventSlug);
  for (const { name, title, body } of texts) {
    const own = name === "overview" ? name : `track-${name}`;
    const block = blocks.find(({ key }) => key === own) ??
      blocks.find((one) => one.title === title) ?? {
        ...(await addBlock(mayWrite, { title, track: null })),
        revision: 1,
        state: "todo",
      };
    if (block.state === "ready") continue;
    const { key, revision } = block;
    await writeBlock(mayWrite, key, { title, body, state: "ready", revision });
  }
  const { digest } = await loadPreview(await mayInEvent("summary.draft", eventSlug));
  await publishSummary(await mayInEvent("summary.publish", eventSlug), { digest, changelog: "" });
}
