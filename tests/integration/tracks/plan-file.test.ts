import { describe, expect, it } from "vitest";
import { GET as planFile } from "@/app/api/v1/events/[eventSlug]/tracks/[trackSlug]/plan.json/route";
import { grant } from "@/lib/auth/permit";
import { loadScope } from "@/lib/auth/scope";
import { catalogueTrackSchema } from "@/lib/tracks/schema";
import { addTrack } from "@/lib/tracks/write/add";
import { makeEvent } from "@/tests/factories/event";
import { params, request } from "@/tests/factories/push";
import { tracks } from "../../unit/seed/files";

describe("a test plan as a file", () => {
  it.each(tracks.map((track) => [track.slug, track] as const))(
    "has every case of %s as the catalogue has it",
    async (trackSlug, track) => {
      const event = await makeEvent();
      const scope = await loadScope(event.slug, undefined);
      await addTrack(grant({ kind: "operator" }, "event.prepare", scope), track, { position: 1 });
      const response = await planFile(
        request(`events/${event.slug}/tracks/${trackSlug}/plan.json`, "GET", {
          token: await event.tokenOf(null),
        }),
        params({ eventSlug: event.slug, trackSlug }),
      );
      expect(response.status).toBe(200);
      expect(catalogueTrackSchema.parse(await response.json())).toEqual(track);
    },
  );

  it("is all 107 cases", () => {
    expect(tracks.flatMap(({ tests }) => tests)).toHaveLength(107);
  });
});
