import { describe, expect, it } from "vitest";
import { GET as csv } from "@/app/api/v1/events/[eventSlug]/tracks/[trackSlug]/matrix.csv/route";
import { GET as json } from "@/app/api/v1/events/[eventSlug]/tracks/[trackSlug]/matrix.json/route";
import { GET as embed } from "@/app/embed/events/[eventSlug]/tracks/[trackSlug]/route";
import { makeEvent } from "@/tests/factories/event";
import { item, params, push, request } from "@/tests/factories/push";

async function makeMatrix() {
  const event = await makeEvent();
  const token = await event.tokenOf("alpha");
  await push(event, token, [item(), item({ test: "C-2", outcome: "fail" })]);
  const where = params({ eventSlug: event.slug, trackSlug: "calls" });
  const asked = (file: string, query: Record<string, string>, headers = {}) => {
    const base = request(
      `events/${event.slug}/tracks/calls/${file}?${new URLSearchParams(query)}`,
      "GET",
      { token },
    );
    for (const [name, value] of Object.entries(headers)) base.headers.set(name, String(value));
    return base;
  };
  return { where, asked };
}

describe("the query of a matrix's files", () => {
  it("is the same in all of them", async () => {
    const { where, asked } = await makeMatrix();
    const q = "outcome:fail mine changed:2020-01-01";
    const full = await json(asked("matrix.json", { q }), where);
    const { grids } = (await full.json()) as { grids: { cells: unknown[] }[] };
    expect(grids.flatMap(({ cells }) => cells)).toMatchObject([{ outcome: "fail" }]);
    const compact = await json(asked("matrix.json", { q, encoding: "compact" }), where);
    const letters = (await compact.json()) as { grids: { cells: string }[] };
    expect(letters.grids.map(({ cells }) => cells.replaceAll(".", "")).join("")).toBe("f");
    const table = await (await csv(asked("matrix.csv", { q }), where)).text();
    expect(table.trim().split("\n")).toHaveLength(2);
    expect((await embed(asked("matrix.json", { q }), where)).status).toBe(200);
  });

  it("is asked together with the other filters", async () => {
    const { where, asked } = await makeMatrix();
    const response = await json(
      asked("matrix.json", { q: "outcome:fail", state: "confirmed" }),
      where,
    );
    const { grids } = (await response.json()) as { grids: { cells: unknown[] }[] };
    expect(grids.flatMap(({ cells }) => cells)).toEqual([]);
  });

  it("is refused where a part of it would be left out, with what to write instead", async () => {
    const { where, asked } = await makeMatrix();
    const response = await json(asked("matrix.json", { q: "level:must outcome:fial" }), where);
    expect(response.status).toBe(422);
    expect(await response.text()).toContain("At character 12: ");
  });

  it("is not answered from a tag where the answer depends on the time", async () => {
    const { where, asked } = await makeMatrix();
    const of = async (q: string) =>
      (await json(asked("matrix.json", { q }), where)).headers.get("etag");
    expect(await of("changed:1h")).toBe(await of("changed:1h"));
    const etag = await of("outcome:fail");
    const again = await json(
      asked("matrix.json", { q: "outcome:fail" }, { "if-none-match": etag }),
      where,
    );
    expect(again.status).toBe(304);
  });
});
