import { eventStream } from "@/lib/http/event-stream";
import { reader } from "@/lib/http/reader";
import { followMatrix } from "@/lib/matrices/read/changes";
import { loadMatrix } from "@/lib/matrices/read/matrix";
import { positionSchema } from "@/lib/matrices/schema";

export const dynamic = "force-dynamic";

/** Server-sent events for outsiders: `matrix` whole at first, then `cells` as they change. */
export const GET = reader(
  "matrix.view",
  async ({ request, permit, params, renew }) => {
    const { trackSlug = "" } = params;
    const last = request.headers.get("last-event-id") ?? "";
    const { matrix, version, sight } = await loadMatrix(permit, trackSlug);
    const resumes = positionSchema.safeParse(last).success;
    const changes = followMatrix(renew, trackSlug, {
      topic: permit.scope.trackId ?? "",
      horizon: resumes ? last : matrix.asOf,
      version,
      sight,
      signal: request.signal,
    });
    const first = resumes ? [] : [{ id: matrix.asOf, event: "matrix", data: matrix }];
    return eventStream(first, changes, ({ horizon, news }) => ({
      id: horizon,
      event: "cells",
      data: news,
    }));
  },
  {
    summary:
      "Server-sent events: the matrix whole at first, as `matrix`, then what changes, as `cells`. `Last-Event-ID` goes on from there.",
    type: "text/event-stream",
  },
);
