import { env } from "@/lib/core/env";
import { taggedCsv } from "@/lib/http/public";
import { readQuery } from "@/lib/http/query";
import { reader } from "@/lib/http/reader";
import { listIssues } from "@/lib/issues/read/lines";
import { ISSUE_COLUMNS, issueRow } from "@/lib/issues/rules";
import { issueViewSchema } from "@/lib/issues/schema";

export const GET = reader(
  "issue.view",
  async ({ request, permit, params }) => {
    const { eventSlug = "" } = params;
    const { lines } = await listIssues(permit, readQuery(request, issueViewSchema));
    const page = `${new URL(env().APP_URL).origin}/events/${eventSlug}/issues`;
    return taggedCsv(request, {
      columns: ISSUE_COLUMNS,
      rows: lines.map((line) => issueRow(line, `${page}/${line.number}`)),
      name: `${eventSlug}-issues.csv`,
    });
  },
  {
    summary: "The same, a row each.",
    query: issueViewSchema,
    type: "text/csv",
  },
);
