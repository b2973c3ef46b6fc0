import type * as z from "zod";
import { env } from "@/lib/core/env";
import { answerTagged, type Text } from "@/lib/http/public";
import { readQuery } from "@/lib/http/query";
import { reader } from "@/lib/http/reader";
import { lookAtMatrix } from "@/lib/matrices/read/tag";
import type { Matrix, PackedSource } from "@/lib/matrices/schema";
import { isMoving } from "@/lib/queries/rules";
import { selectCells } from "@/lib/selections/rules";
import { matrixQuerySchema, type View } from "@/lib/views/schema";

/** What a twin is drawn from: the matrix with the query's view, as the reader may see it. */
export type Drawn = {
  matrix: Matrix;
  title: string;
  roleLabels: Record<string, string>;
  /** Of this site, for links that are to be whole. */
  origin: string;
  encoding: "full" | "compact";
};

/** The same with packed cells, and the view still to be applied. */
export type Packed = { matrix: Omit<Matrix, "grids">; packed: PackedSource; view: View };

type Told = { summary: string; type: string; schema?: z.ZodType };

/**
 * A route that answers a track's matrix in some form. All of them take the same query, see the same
 * cells, and find out that nothing has changed before anything is drawn. `drawCompact` is for
 * `encoding=compact`, of which most make no difference.
 */
export const matrixTwin = (
  draw: (drawn: Drawn) => Text,
  told: Told,
  drawCompact?: (packed: Packed) => Text,
) =>
  reader(
    "matrix.view",
    async ({ request, permit, params }) => {
      const { trackSlug = "" } = params;
      const { asOf, encoding, ...view } = readQuery(request, matrixQuerySchema);
      const look = await lookAtMatrix(permit, trackSlug);
      const { pathname, search } = new URL(request.url);
      return answerTagged(request, {
        // What depends on who asks and when is drawn to see whether it has changed.
        tag: look.tag && !isMoving(view.q ?? "") ? `${look.tag} ${pathname}${search}` : null,
        make: async () => {
          // A packed cell does not say all that a query may ask for.
          if (encoding === "compact" && drawCompact && !view.q) {
            const packed = await look.pack(asOf);
            const { eventSlug: event } = permit.scope;
            const head = { event, track: trackSlug, asOf: asOf ?? look.horizon };
            const matrix = { ...head, generatedAt: new Date().toISOString() };
            return drawCompact({ matrix, packed, view });
          }
          const { matrix, ...named } = await look.draw(asOf);
          const around = { ...look.around, now: matrix.generatedAt };
          const grids = matrix.grids.map((grid) => selectCells(grid, view, around));
          const { origin } = new URL(env().APP_URL);
          return draw({ ...named, matrix: { ...matrix, grids }, origin, encoding });
        },
      });
    },
    { ...told, query: matrixQuerySchema },
  );
