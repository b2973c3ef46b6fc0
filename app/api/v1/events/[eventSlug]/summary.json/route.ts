import { taggedJson } from "@/lib/http/public";
import { readQuery } from "@/lib/http/query";
import { reader } from "@/lib/http/reader";
import { loadPublished } from "@/lib/summaries/read/published";
import { publishedSchema, versionQuerySchema } from "@/lib/summaries/schema";

export const GET = reader(
  "summary.view",
  async ({ request, permit }) => {
    const { version } = readQuery(request, versionQuerySchema);
    const summary = await loadPublished(permit, version);
    return taggedJson(request, summary, JSON.stringify(summary));
  },
  {
    summary: "The published account of an event, as it was frozen.",
    query: versionQuerySchema,
    type: "application/json",
    schema: publishedSchema,
  },
);
