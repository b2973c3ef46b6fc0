import type pg from "pg";
import type { Permit } from "@/lib/auth/permit";
import type { CreditInput } from "../schema";
import { editIssue } from "./hold";
import { refuseMore, requireRow } from "./limits";

/** Thanks somebody, by the name they want to be thanked by. Twice is once. */
export const creditSomebody = (
  permit: Permit<"issue.edit">,
  number: number,
  credit: CreditInput,
): Promise<void> =>
  editIssue(permit, number, async (issue) => {
    refuseMore(issue.credits, "credits");
    await insertCredits(issue.tx, issue.id, [credit]);
    return { did: "credit", detail: { ...credit } };
  });

export const removeCredit = (
  permit: Permit<"issue.edit">,
  number: number,
  creditId: string,
): Promise<void> =>
  editIssue(permit, number, async ({ tx, id }) => {
    const { rows } = await tx.query<{ deed: string; name: string }>(
      "DELETE FROM issue_credit WHERE issue_id = $1 AND id = $2 RETURNING deed, name",
      [id, creditId],
    );
    return { did: "uncredit", detail: { ...requireRow(rows[0], "credit") } };
  });

export const insertCredits = (
  tx: pg.PoolClient,
  issueId: string,
  credits: readonly CreditInput[],
) =>
  tx.query(
    `INSERT INTO issue_credit (id, issue_id, deed, name, position)
     SELECT gen_random_uuid(), $1, u.deed, u.name, u.at + (SELECT count(*) FROM issue_credit WHERE issue_id = $1)
     FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS u (deed, name, at)
     ON CONFLICT (issue_id, deed, name) DO NOTHING`,
    [issueId, credits.map(({ deed }) => deed), credits.map(({ name }) => name)],
  );
