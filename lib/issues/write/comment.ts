import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { Permit } from "@/lib/auth/permit";
import { Refusal } from "@/lib/core/refusal";
import type { CommentInput } from "../schema";
import { changeIssue } from "./hold";

/** Says something of an issue. Sent again under its id it is said once. */
export const commentOnIssue = (
  permit: Permit<"issue.comment">,
  number: number,
  { id, text }: CommentInput,
): Promise<void> =>
  changeIssue(permit, number, async ({ tx, id: issueId }) => {
    await insertComment(tx, permit, { issueId, text, id });
    return { did: "comment", detail: { comment: id } };
  });

export async function insertComment(
  tx: pg.PoolClient,
  { actor }: Permit<"issue.edit" | "issue.comment">,
  { issueId, text, id = randomUUID() }: { issueId: string; text: string; id?: string },
) {
  if (actor.kind !== "person") throw new Refusal("forbidden", "Only a person says this.");
  const { rows } = await tx.query<{ is_same: boolean }>(
    `WITH added AS (
       INSERT INTO issue_comment (id, issue_id, person_id, body) VALUES ($1, $2, $3, $4)
       ON CONFLICT (id) DO NOTHING RETURNING true AS is_same)
     SELECT is_same FROM added UNION ALL
     SELECT m.issue_id = $2 AND m.person_id = $3 AND m.body = $4 FROM issue_comment m WHERE m.id = $1 LIMIT 1`,
    [id, issueId, actor.personId, text],
  );
  if (rows[0]?.is_same) return;
  throw new Refusal(
    "conflict",
    "This comment has been sent already and said something else then. Write another one.",
  );
}
