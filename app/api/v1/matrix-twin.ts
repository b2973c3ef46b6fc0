import type * as z from "zod";
import { env } from "@/lib/core/env";
import { answerTagged, type Text } from "@/lib/http/public";
import { readQuery } from "@/lib/http/query";
import { reader } from "@/lib/http/reader";
import { lookAtMatrix } from "@/lib/matrices/read/tag";
import type { Matrix } from "@/lib/matrices/schema";
import { applyView } from "@/lib/views/rules";
import { matrixQuerySchema } from "@/lib/views/schema";

/** What a twin is drawn from: the matrix with the query's view, as the reader may see it. */
export type Drawn = {
  matrix: Matrix;
  title: string;
  roleLabels: Record<string, string>;
  isCompact: boolean;
  /** Of this site, for links that are to be whole. */
  origin: string;
};

type Told = { summary: string; type: string; schema?: z.ZodType };

/**
 * A route that answers a track's matrix in some form. All of them take the same query, see the same
 * cells, and find out that nothing has changed before anything is drawn.
 */
export const matrixTwin = (draw: (drawn: Drawn) => Text, told: Told) =>
  reader(
    "matrix.view",
    async ({ request, permit, params }) => {
      const { trackSlug = "" } = params;
      const { asOf, encoding, ...view } = readQuery(request, matrixQuerySchema);
      const { tag, draw: drawMatrix } = await lookAtMatrix(permit, trackSlug);
      const { pathname, search } = new URL(request.url);
      return answerTagged(request, {
        tag: tag && `${tag} ${pathname}${search}`,
        make: async () => {
          const { matrix, ...named } = await drawMatrix(asOf);
          const grids = matrix.grids.map((grid) => applyView(grid, view));
          return draw({
            ...named,
            matrix: { ...matrix, grids },
            isCompact: encoding === "compact",
            origin: new URL(env().APP_URL).origin,
          });
        },
      });
    },
    { ...told, query: matrixQuerySchema },
  );
