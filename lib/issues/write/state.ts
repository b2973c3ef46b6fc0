import type { Permit } from "@/lib/auth/permit";
import { keepKnown, lockForKnown } from "@/lib/cells/write/known";
import { Refusal } from "@/lib/core/refusal";
import { isClosed, refusalToChange } from "../rules";
import type { StateChange } from "../schema";
import { insertComment } from "./comment";
import { editIssue, type HeldIssue } from "./hold";
import { insertLinks } from "./links";

/**
 * Changes the state of an issue, and with it the commit or the build that carries the fix. The cells of
 * an issue that becomes known, or is so no more, are marked in the same transaction.
 */
export const changeState = (
  permit: Permit<"issue.edit">,
  number: number,
  change: StateChange,
): Promise<void> =>
  editIssue(permit, number, async (issue) => {
    const refusal = refusalToChange(change, issue);
    if (refusal) throw refusal;
    const { tx, id, cellIds } = issue;
    const { state, commit, fixedIn, note } = change;
    if (fixedIn !== "") await requireBuild(issue, fixedIn);
    await lockForKnown(tx, cellIds);
    await tx.query(
      `UPDATE issue SET state = $2::text, fixed_in_id = $3, closed_at = CASE WHEN NOT $4::bool THEN NULL
         WHEN state = $2::text THEN closed_at ELSE now() END WHERE id = $1`,
      [id, state, fixedIn === "" ? null : fixedIn, isClosed(state)],
    );
    if (commit !== null) await insertLinks(tx, id, [{ kind: "commit", ...commit }]);
    if (note.trim() !== "") await insertComment(tx, permit, { issueId: id, text: note.trim() });
    await keepKnown(tx, cellIds);
    const named = { commit: commit?.label ?? null, fixedIn: fixedIn || null };
    return { did: "state", detail: { from: issue.state, to: state, ...named } };
  });

async function requireBuild({ tx, projectId }: HeldIssue, buildId: string) {
  const { rowCount } = await tx.query(
    "SELECT FROM build b JOIN entry n ON n.id = b.entry_id WHERE b.id = $1 AND n.project_id = $2",
    [buildId, projectId],
  );
  if (rowCount === 1) return;
  const message = "Choose a build of the project that the issue is against.";
  throw new Refusal("invalid", message, [
    { pointer: "/change/fixedIn", code: "unknown_build", message },
  ]);
}
