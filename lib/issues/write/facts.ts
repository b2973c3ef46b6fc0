import type { Permit } from "@/lib/auth/permit";
import { refusalToPlace } from "../rules";
import type { IssueFacts } from "../schema";
import { editIssue } from "./hold";
import { findPlace, findTarget } from "./target";

/** A build of another project carries no fix of this one's. */
const CHANGE = `
UPDATE issue SET title = $2, body = $3, kind = $4, severity = $5, cause = $6, track_id = $7, project_id = $8, target_name = $9,
  fixed_in_id = (SELECT b.id FROM build b JOIN entry n ON n.id = b.entry_id WHERE b.id = issue.fixed_in_id AND n.project_id = $8)
WHERE id = $1`;

/** Changes what is said of an issue. */
export const changeFacts = (
  permit: Permit<"issue.edit">,
  number: number,
  facts: IssueFacts,
): Promise<void> =>
  editIssue(permit, number, async (issue) => {
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
