import * as z from "zod";
import { drawBadge, standingOf, wordsOf } from "@/lib/badges/rules";
import { Refusal } from "@/lib/core/refusal";
import { slugSchema } from "@/lib/core/text";
import { taggedText } from "@/lib/http/public";
import { readQuery } from "@/lib/http/query";
import { reader } from "@/lib/http/reader";
import { loadMatrix } from "@/lib/matrices/read/matrix";

const badgeQuerySchema = z.object({ entry: slugSchema, with: slugSchema.optional() });

/** How an entry stands in a track, or with one other entry: for a project's own page. */
export const GET = reader(
  "matrix.view",
  async ({ request, permit, params }) => {
    const { trackSlug = "" } = params;
    const { entry, with: other } = readQuery(request, badgeQuerySchema);
    const { matrix, title } = await loadMatrix(permit, trackSlug);
    const axes = matrix.grids.flatMap(({ rows, columns }) => [...rows, ...columns]);
    const names = [entry, ...(other === undefined ? [] : [other])].map((slug) => {
      const name = axes.find((axis) => axis.entry === slug)?.name;
      if (name === undefined) throw new Refusal("not_found", `No entry '${slug}' in this track.`);
      return name;
    });
    const about = other === undefined ? title : `${names.join(" and ")}, ${title}`;
    const words = wordsOf(standingOf(matrix, other === undefined ? [entry] : [entry, other]));
    const text = drawBadge(about, words);
    return taggedText(request, text, "image/svg+xml");
  },
  {
    summary: "How an entry stands in a track, or with one other entry, as a badge.",
    query: badgeQuerySchema,
    type: "image/svg+xml",
  },
);
