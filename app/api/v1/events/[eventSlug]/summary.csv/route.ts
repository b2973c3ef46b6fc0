import { env } from "@/lib/core/env";
import { taggedCsv } from "@/lib/http/public";
import { readQuery } from "@/lib/http/query";
import { reader } from "@/lib/http/reader";
import { loadPublished } from "@/lib/summaries/read/published";
import { versionQuerySchema } from "@/lib/summaries/schema";
import { SUMMARY_COLUMNS, summaryRows } from "@/lib/twins/rules";

export const GET = reader(
  "summary.view",
  async ({ request, permit, params }) => {
    const { version } = readQuery(request, versionQuerySchema);
    const summary = await loadPublished(permit, version);
    return taggedCsv(request, {
      columns: SUMMARY_COLUMNS,
      rows: summaryRows(summary, new URL(env().APP_URL).origin),
      name: `${params.eventSlug ?? "event"}-summary.csv`,
    });
  },
  {
    summary: "The figures of the published account, a row each.",
    query: versionQuerySchema,
    type: "text/csv",
  },
);
