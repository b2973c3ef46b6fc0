import type * as z from "zod";
import { findResults } from "@/lib/downloads/read";
import { type Writer, written } from "@/lib/downloads/rules";
import { type DownloadQuery, downloadQuerySchema } from "@/lib/downloads/schema";
import { unchanged, weakTag } from "@/lib/http/public";
import { readQuery } from "@/lib/http/query";
import { reader } from "@/lib/http/reader";
import { textStream } from "@/lib/http/text-stream";
import { lookAtMatrix } from "@/lib/matrices/read/tag";
import { isMoving } from "@/lib/queries/rules";
import { selectCells } from "@/lib/selections/rules";
import { isFiltered } from "@/lib/views/rules";

/** A route that answers a track's results as a file. All of them take the same query and tell the same results. */
export const resultFile = (
  writer: Writer,
  { summary, ending, schema }: { summary: string; ending: string; schema?: z.ZodType },
) =>
  reader(
    "matrix.view",
    async ({ request, permit, params, renew }) => {
      const { eventSlug = "", trackSlug = "" } = params;
      const query = readQuery(request, downloadQuerySchema);
      // Whatever changes a result changes its cell. Asked before the results are: who is told of a newer state
      // under an older tag asks once more than needed, and never once too little.
      const look = await lookAtMatrix(permit, trackSlug);
      const { pathname, search } = new URL(request.url);
      const known =
        look.tag === null || isMoving(query.q ?? "")
          ? null
          : weakTag(request, `${look.tag} ${pathname}${search}`);
      if (known?.isKnown) return unchanged(known.etag);
      const cells = await cellsAskedFor(look, query);
      const pages = await findResults({ permit, trackSlug, query, cells, renew });
      const head = { event: eventSlug, track: trackSlug, generatedAt: new Date().toISOString() };
      return textStream(written(writer, head, pages), {
        type: writer.type,
        name: `${eventSlug}-${trackSlug}-results.${ending}`,
        etag: known?.etag ?? null,
      });
    },
    {
      summary,
      ...(schema ? { schema } : {}),
      type: writer.type.split(";", 1)[0] ?? writer.type,
      query: downloadQuerySchema,
    },
  );

/**
 * What only the matrix knows of a result: where its cell stands, and in what state. Entry, test and outcome are
 * the result's own: of a cell that passes in the end, what failed before is found by `outcome=fail`.
 */
async function cellsAskedFor(
  { draw, around }: Awaited<ReturnType<typeof lookAtMatrix>>,
  { rows, columns, state, q }: DownloadQuery,
): Promise<string[] | null> {
  const view = { rows, columns, state, q };
  if (!isFiltered(view)) return null;
  const { matrix } = await draw(undefined);
  const asked = { ...around, now: matrix.generatedAt };
  return matrix.grids.flatMap((grid) =>
    selectCells(grid, view, asked).cells.flatMap((cell) => ("id" in cell ? [cell.id] : [])),
  );
}
