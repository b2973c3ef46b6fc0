import { env } from "@/lib/core/env";
import { changesFeed } from "@/lib/feeds/rules";
import { taggedText } from "@/lib/http/public";
import { readQuery } from "@/lib/http/query";
import { reader } from "@/lib/http/reader";
import { loadMatrix } from "@/lib/matrices/read/matrix";
import { applyView } from "@/lib/views/rules";
import { viewSchema } from "@/lib/views/schema";

export const GET = reader(
  "matrix.view",
  async ({ request, permit, params }) => {
    const { eventSlug = "", trackSlug = "" } = params;
    const view = readQuery(request, viewSchema);
    const { matrix, title } = await loadMatrix(permit, trackSlug);
    const text = changesFeed(
      { ...matrix, grids: matrix.grids.map((grid) => applyView(grid, view)) },
      {
        title: `${title}, ${eventSlug}: changes`,
        origin: new URL(env().APP_URL).origin,
        path: `/events/${eventSlug}/tracks/${trackSlug}`,
      },
    );
    return taggedText(request, text, "application/atom+xml");
  },
  {
    summary: "The latest changes of a matrix, as an Atom feed.",
    query: viewSchema,
    type: "application/atom+xml",
  },
);
