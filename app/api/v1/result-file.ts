import type * as z from "zod";
import { findResults } from "@/lib/downloads/read";
import { type Writer, written } from "@/lib/downloads/rules";
import { downloadQuerySchema } from "@/lib/downloads/schema";
import { readQuery } from "@/lib/http/query";
import { reader } from "@/lib/http/reader";
import { textStream } from "@/lib/http/text-stream";

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
      const pages = await findResults({ permit, trackSlug, query, renew });
      const head = { event: eventSlug, track: trackSlug, generatedAt: new Date().toISOString() };
      return textStream(written(writer, head, pages), {
        type: writer.type,
        name: `${eventSlug}-${trackSlug}-results.${ending}`,
      });
    },
    {
      summary,
      ...(schema ? { schema } : {}),
      type: writer.type.split(";", 1)[0] ?? writer.type,
      query: downloadQuerySchema,
      isTagged: false,
    },
  );
