import { taggedJson } from "@/lib/http/public";
import { reader } from "@/lib/http/reader";
import { loadMatrix } from "@/lib/matrices/read/matrix";

export const GET = reader("matrix.view", async (request, permit, { trackSlug = "" }) => {
  const { matrix } = await loadMatrix(permit, trackSlug);
  return taggedJson(request, matrix, JSON.stringify(matrix.grids));
});
