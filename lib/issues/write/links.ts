import type pg from "pg";
import type { Permit } from "@/lib/auth/permit";
import type { LinkInput } from "../schema";
import { editIssue } from "./hold";
import { refuseMore, requireRow } from "./limits";

/** Links an issue to where else it is spoken of. The same link twice is one. */
export const addLink = (
  permit: Permit<"issue.edit">,
  number: number,
  link: LinkInput,
): Promise<void> =>
  editIssue(permit, number, async (issue) => {
    refuseMore(issue.links, "links");
    await insertLinks(issue.tx, issue.id, [link]);
    return { did: "link", detail: { ...link } };
  });

export const removeLink = (
  permit: Permit<"issue.edit">,
  number: number,
  linkId: string,
): Promise<void> =>
  editIssue(permit, number, async ({ tx, id }) => {
    const { rows } = await tx.query<{ kind: string; label: string }>(
      "DELETE FROM issue_link WHERE issue_id = $1 AND id = $2 RETURNING kind, label",
      [id, linkId],
    );
    return { did: "unlink", detail: { ...requireRow(rows[0], "link") } };
  });

/** What is there under its label gets the address that was told now, if one was. */
export const insertLinks = (tx: pg.PoolClient, issueId: string, links: readonly LinkInput[]) =>
  tx.query(
    `INSERT INTO issue_link (id, issue_id, kind, label, url, position)
     SELECT gen_random_uuid(), $1, u.kind, u.label, u.url, u.at + (SELECT count(*) FROM issue_link WHERE issue_id = $1)
     FROM unnest($2::text[], $3::text[], $4::text[]) WITH ORDINALITY AS u (kind, label, url, at)
     ON CONFLICT (issue_id, kind, label) DO UPDATE SET url = coalesce(excluded.url, issue_link.url)`,
    [
      issueId,
      links.map(({ kind }) => kind),
      links.map(({ label }) => label),
      links.map(({ url }) => url),
    ],
  );
