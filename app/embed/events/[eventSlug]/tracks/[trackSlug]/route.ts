import { env } from "@/lib/core/env";
import { EMBED_POLICY } from "@/lib/core/security-headers";
import { embedPage } from "@/lib/embeds/rules";
import { readQuery } from "@/lib/http/query";
import { reader } from "@/lib/http/reader";
import { lookAtMatrix } from "@/lib/matrices/read/tag";
import { selectCells } from "@/lib/selections/rules";
import { viewSchema } from "@/lib/views/schema";

/** A track's matrix for a frame on somebody else's page: a picture, its numbers in words, and the way here. */
export const GET = reader("matrix.view", async ({ request, permit, params }) => {
  const { eventSlug = "", trackSlug = "" } = params;
  const view = readQuery(request, viewSchema);
  const look = await lookAtMatrix(permit, trackSlug);
  const { matrix, title, roleLabels } = await look.draw(undefined);
  const around = { ...look.around, now: matrix.generatedAt };
  const { search } = new URL(request.url);
  const track = `events/${eventSlug}/tracks/${trackSlug}`;
  const html = embedPage(
    matrix.grids.map((grid) => selectCells(grid, view, around)),
    {
      title,
      labels: roleLabels,
      page: `${new URL(`/${track}`, env().APP_URL)}${search}`,
      picture: `/api/v1/${track}/matrix.svg${search}`,
    },
  );
  return new Response(html, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "private, no-cache",
      [EMBED_POLICY.key]: EMBED_POLICY.value,
    },
  });
});
