import type { Permit } from "@/lib/auth/permit";
import { Refusal } from "@/lib/core/refusal";
import { storage } from "@/lib/storage/storage";
import { isText, PREVIEW_BYTES, previewOf } from "../rules";
import type { EvidencePage } from "../schema";
import { findHeld, type Held } from "./held";

/** A file with a part of the beginning of its text, masked. One that the reader may not see does not exist. */
export async function loadEvidencePage(
  permit: Permit<"evidence.view">,
  { sha256, part }: { sha256: string; part: number },
): Promise<EvidencePage> {
  const held = await findHeld(permit, sha256);
  if (!held) throw new Refusal("not_found", "There is no such evidence.");
  const { name, kind, size, cells } = held;
  return {
    sha256,
    name,
    kind,
    size,
    cells,
    mayDownload: mayHaveOriginal(held),
    preview: isText(kind)
      ? previewOf(await readHead(held), { part, isWhole: size <= PREVIEW_BYTES })
      : null,
  };
}

/** A text may hold secrets: as it was sent, only its owners have it. */
export const mayHaveOriginal = ({ isOwn, kind }: Pick<Held, "isOwn" | "kind">): boolean =>
  isOwn || !isText(kind);

async function readHead({ sha256, size }: Held): Promise<string> {
  const end = Math.min(size, PREVIEW_BYTES) - 1;
  const stream = await (await storage()).open(sha256, { start: 0, end });
  return new Response(stream).text();
}
