import { describe, expect, it } from "vitest";
import { GET as json } from "@/app/api/v1/projects/[projectSlug]/with/[otherSlug]/couple.json/route";
import { coupleAnswerSchema } from "@/lib/couples/schema";
import { type MadeEvent, makeEvent } from "@/tests/factories/event";
import { item, params, push, request } from "@/tests/factories/push";

type Asking = { token: string; other?: string; headers?: Record<string, string> };

/** Alpha of the event with another project, its beta unless told otherwise. */
function ask({ slug }: MadeEvent, { other = `beta-${slug}`, ...sending }: Asking) {
  const asked = request(`projects/alpha-${slug}/with/${other}/couple.json`, "GET", sending);
  return json(asked, params({ projectSlug: `alpha-${slug}`, otherSlug: other }));
}

describe("what two projects have tested together, as JSON", () => {
  it("is what the page says, and is told to be unchanged", async () => {
    const event = await makeEvent({ visibility: "public" });
    const token = await event.tokenOf(null);
    await push(event, token, [item(), item({ test: "C-2", outcome: "fail" })]);
    const answer = await ask(event, { token });
    expect(answer.status).toBe(200);
    const told = coupleAnswerSchema.parse(await answer.json());
    expect(told.answer).toBe(
      "Of 2 cells tested together in 1 track of 1 event, 1 passes, 1 fails.",
    );
    expect(told.events[0]?.tracks[0]?.cells).toMatchObject([
      { test: { key: "C-1" }, outcome: "pass", parties: [{ build: "1.0" }, { build: "1.0" }] },
      { test: { key: "C-2" }, outcome: "fail" },
    ]);
    const headers = { "if-none-match": answer.headers.get("etag") ?? "" };
    expect((await ask(event, { token, headers })).status).toBe(304);
  });

  it("tells an agent of its own event what it tells nobody else", async () => {
    const [event, elsewhere] = [await makeEvent(), await makeEvent()];
    const token = await event.tokenOf(null);
    await push(event, token, [item()]);
    expect(await (await ask(event, { token })).json()).toMatchObject({
      events: [{ slug: event.slug }],
    });
    const foreign = await ask(event, { token: await elsewhere.tokenOf(null) });
    expect(await foreign.json()).toMatchObject({ events: [], turns: [] });
  });

  it("refuses a project that is not there, one with itself, and a token that is none", async () => {
    const event = await makeEvent();
    const token = await event.tokenOf(null);
    for (const other of ["nobody-at-all", `alpha-${event.slug}`]) {
      const answer = await ask(event, { token, other });
      expect(answer.status).toBe(404);
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
    }
    const forged = await ask(event, { token: "pf_agt_none" });
    expect(forged.status).toBe(401);
  });
});
