import { compactMatrix } from "@/lib/exports/rules";
import { taggedJson } from "@/lib/http/public";
import { readQuery } from "@/lib/http/query";
import { reader } from "@/lib/http/reader";
import { loadMatrix } from "@/lib/matrices/read/matrix";
import { applyView } from "@/lib/views/rules";
import { matrixQuerySchema } from "@/lib/views/schema";

export const GET = reader("matrix.view", async ({ request, permit, params }) => {
  const { trackSlug = "" } = params;
  const { asOf, encoding, ...view } = readQuery(request, matrixQuerySchema);
  const whole = (await loadMatrix(permit, trackSlug, asOf)).matrix;
  const matrix = { ...whole, grids: whole.grids.map((grid) => applyView(grid, view)) };
  const body = encoding === "compact" ? compactMatrix(matrix) : matrix;
  return taggedJson(request, body, JSON.stringify([body.grids, asOf]));
});
