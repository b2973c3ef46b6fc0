import { env } from "@/lib/core/env";
import { taggedText } from "@/lib/http/public";
import { readQuery } from "@/lib/http/query";
import { reader } from "@/lib/http/reader";
import { loadPublished } from "@/lib/summaries/read/published";
import { versionQuerySchema } from "@/lib/summaries/schema";
import { summaryMarkdown } from "@/lib/twins/rules";

export const GET = reader(
  "summary.view",
  async ({ request, permit }) => {
    const { version } = readQuery(request, versionQuerySchema);
    const summary = await loadPublished(permit, version);
    const text = summaryMarkdown(summary, new URL(env().APP_URL).origin);
    return taggedText(request, text, "text/markdown");
  },
  {
    summary: "The published account in Markdown.",
    query: versionQuerySchema,
    type: "text/markdown",
  },
);
