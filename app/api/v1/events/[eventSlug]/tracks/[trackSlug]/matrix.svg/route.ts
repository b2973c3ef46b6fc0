import { env } from "@/lib/core/env";
import { taggedText } from "@/lib/http/public";
import { readQuery } from "@/lib/http/query";
import { reader } from "@/lib/http/reader";
import { loadMatrix } from "@/lib/matrices/read/matrix";
import { drawMatrix } from "@/lib/pictures/rules";
import { applyView } from "@/lib/views/rules";
import { matrixQuerySchema } from "@/lib/views/schema";

export const GET = reader("matrix.view", async ({ request, permit, params }) => {
  const { eventSlug = "", trackSlug = "" } = params;
  const { asOf, encoding: _, ...view } = readQuery(request, matrixQuerySchema);
  const { matrix, title, roleLabels } = await loadMatrix(permit, trackSlug, asOf);
  const grids = matrix.grids.map((grid) => applyView(grid, view));
  const live = new URL(`/events/${eventSlug}/tracks/${trackSlug}`, env().APP_URL);
  const text = drawMatrix(
    { ...matrix, grids },
    { title: `${title}, ${eventSlug}`, live: String(live), labels: roleLabels },
  );
  return taggedText(request, text, "image/svg+xml");
}, {
summary: "The matrix as a picture.",
query: matrixQuerySchema,
type: "image/svg+xml",
});
