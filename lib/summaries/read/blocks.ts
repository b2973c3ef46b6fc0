import type { Permit } from "@/lib/auth/permit";
import { personIdOf } from "@/lib/auth/permit";
import { Refusal } from "@/lib/core/refusal";
import { mayWriteBlock } from "../rules";
import type { Block } from "../schema";
import type { Asked } from "./source";

type Drafting = Permit<"summary.draft"> | Permit<"summary.write"> | Permit<"summary.publish">;

type BlockRow = {
  id: string;
  track_id: string | null;
  title: string;
  body: string;
  state: Block["state"];
  position: number;
  revision: number;
  assignee_id: string | null;
  assignee: string | null;
  updater: string | null;
  updated_at: Date;
};

const BLOCKS = `
SELECT b.id, b.track_id, b.title, b.body, b.state, b.position, b.revision, b.assignee_id, b.updated_at,
  coalesce(a.name, a.email) AS assignee, coalesce(u.name, u.email) AS updater
FROM summary_block b LEFT JOIN person a ON a.id = b.assignee_id LEFT JOIN person u ON u.id = b.updated_by
WHERE b.event_id = $1 ORDER BY b.position, b.updated_at, b.id`;

type Track = { id: string; slug: string; title: string; restricted: boolean };

/**
 * The texts of the account: the event's own, one for each track, and further ones. The first of each
 * stands before anybody has written it. Of a restricted track its leads and the organizers see them.
 */
export async function listBlocks(
  asked: Asked,
  permit: Drafting,
  tracks: readonly Track[],
): Promise<Block[]> {
  const { rows } = await asked.query<BlockRow>(BLOCKS, [permit.scope.eventId]);
  const who = whoWrites(permit);
  const maySee = (track: Track) => !track.restricted || who.isOrganizer || who.leads.has(track.id);
  const slots = [null, ...tracks.filter(maySee)];
  return slots.flatMap((track) => {
    const own = rows.filter(({ track_id }) => track_id === (track?.id ?? null));
    const primary = own.find(({ position }) => position === 0);
    const first = primary ? blockOf(who, primary, track) : emptyBlock(who, track);
    return [first, ...own.filter((row) => row !== primary).map((row) => blockOf(who, row, track))];
  });
}

/** One of them. What the reader may not see is not found. */
export function findBlock(blocks: readonly Block[], key: string): Block {
  const block = blocks.find((one) => one.key === key || one.id === key);
  if (!block) throw new Refusal("not_found", "There is no such text in this summary.");
  return block;
}

export const whoWrites = ({ actor, roles }: Drafting) => ({
  isOrganizer: roles.has("organizer"),
  leads: actor.kind === "person" ? new Set(actor.leadOf.keys()) : new Set<string>(),
  personId: personIdOf({ actor }),
});
type Who = ReturnType<typeof whoWrites>;

const slotKey = (track: Track | null) => (track ? `track-${track.slug}` : "overview");
const nameOf = (track: Track | null) => track && { slug: track.slug, title: track.title };

const emptyBlock = (who: Who, track: Track | null): Block => ({
  key: slotKey(track),
  id: null,
  track: nameOf(track),
  title: track?.title ?? "Overview",
  body: "",
  state: "todo",
  assignee: null,
  revision: 0,
  updatedBy: null,
  updatedAt: null,
  mayWrite: mayWriteBlock(who, { trackId: track?.id ?? null, assigneeId: null }),
});

function blockOf(who: Who, row: BlockRow, track: Track | null): Block {
  const { id, title, body, state, revision, assignee_id, assignee } = row;
  return {
    key: row.position === 0 ? slotKey(track) : id,
    id,
    track: nameOf(track),
    title,
    body,
    state,
    assignee: assignee_id === null ? null : { id: assignee_id, name: assignee ?? "somebody" },
    revision,
    updatedBy: row.updater,
    updatedAt: row.updated_at.toISOString(),
    mayWrite: mayWriteBlock(who, { trackId: row.track_id, assigneeId: assignee_id }),
  };
}
