import { loadDiff } from "@/lib/diffs/read/diff";
import { diffQuerySchema, matrixDiffSchema } from "@/lib/diffs/schema";
import { taggedJson } from "@/lib/http/public";
import { readQuery } from "@/lib/http/query";
import { reader } from "@/lib/http/reader";

export const GET = reader(
  "matrix.view",
  async ({ request, permit, params }) => {
    const { trackSlug = "" } = params;
    const diff = await loadDiff(permit, trackSlug, readQuery(request, diffQuerySchema));
    return taggedJson(request, diff, JSON.stringify(diff));
  },
  {
    summary:
      "How a track's matrix differs between two moments, two builds of an entry, or from another edition: fixed, regressed, changed, new and gone cells.",
    type: "application/json",
    query: diffQuerySchema,
    schema: matrixDiffSchema,
    problems: [404, 413],
  },
);
