import type { Permit } from "@/lib/auth/permit";
import { Refusal } from "@/lib/core/refusal";
import { refusalToPlace } from "../rules";
import type { IssueFacts } from "../schema";
import { editIssue } from "./hold";
import { findPlace, findTarget } from "./target";

/** A build of another project carries no fix of this one's. */
const CHANGE = `
UPDATE issue SET title = $2, body = $3, kind = $4, severity = $5, cause = $6, track_id = $7, project_id = $8, target_name = $9,
  fixed_in_id = (SELECT b.id FROM build b JOIN entry n ON n.id = b.entry_id WHERE b.id = issue.fixed_in_id AND n.project_id = $8)
WHERE id = $1`;

/** `seen`: what was said of the issue when it was read, in the word that its page told. */
type Change = { facts: IssueFacts; seen: string | undefined };

/** Changes what is said of an issue; refuses to write over what its writer has not read. */
export const changeFacts = (
  permit: Permit<"issue.edit">,
  number: number,
  { facts, seen }: Change,
): Promise<void> =>
  editIssue(permit, number, async (issue) => {
    if (seen !== undefined && seen !== issue.said) {
      throw new Refusal(
        "conflict",
        "Somebody else changed this issue while you wrote: read above what it says now. Saving again puts your words in its place.",
      );
    }
    const refusal = refusalToPlace({ ...issue, cells: issue.cellIds.length }, facts.track);
    if (refusal) throw refusal;
    const { tx } = issue;
    const { eventId } = permit.scope;
    const { trackId } = await findPlace(tx, eventId, facts.track);
    const { projectId, targetName } = await findTarget(tx, eventId, facts.target);
    const { title, body, kind, severity, cause } = facts;
    const said = [title, body, kind, severity, cause];
    await tx.query(CHANGE, [issue.id, ...said, trackId, projectId, targetName]);
    return { did: "edit", detail: { ...facts } };
  });
