import { randomBytes } from "node:crypto";
import { TRPCError } from "@trpc/server";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { isChosen, textOf } from "@/lib/core/form";
import { Refusal } from "@/lib/core/refusal";
import { lines, textOrNone } from "@/lib/http/fields";
import { answerForm, type Fields, readAnswer } from "@/lib/http/form";
import { seal, unseal } from "@/lib/http/seal";

const OURS = { "sec-fetch-site": "same-origin" };

const post = (body: Record<string, string> | [string, string][], headers = OURS) =>
  new Request("http://localhost:3000/somewhere", {
    method: "POST",
    headers,
    body: new URLSearchParams(body),
  });

const send = (request: Request, work: (fields: Fields) => Promise<string>) =>
  answerForm({ request, form: "join", page: "/page", reader: "ann" }, work);

const answerIn = (response: Response, reader = "ann") => {
  const location = new URL(response.headers.get("location") ?? "", "http://localhost");
  return readAnswer(location.searchParams.get("answer"), reader);
};

const refusing = (cause: Error, code: TRPCError["code"] = "BAD_REQUEST") =>
  Promise.reject(new TRPCError({ code, cause }));

describe("a form", () => {
  it("that is taken leads on", async () => {
    const response = await send(post({ name: " Kamailio " }), async (fields) => {
      expect(textOrNone(fields, "name")).toBe("Kamailio");
      return "/next";
    });
    expect([response.status, response.headers.get("location")]).toEqual([303, "/next"]);
  });

  it("of another site, or that is none, is not looked at", async () => {
    const never = () => Promise.reject(new Error("looked at"));
    const foreign = await send(post({}, { "sec-fetch-site": "cross-site" }), never);
    expect(foreign.status).toBe(403);
    const json = new Request("http://localhost:3000/x", {
      method: "POST",
      headers: { ...OURS, "content-type": "application/json" },
      body: "{}",
    });
    expect((await send(json, never)).status).toBe(400);
    expect((await send(post({ note: "x".repeat(200_000) }), never)).status).toBe(400);
  });

  it("that is refused comes back with what was typed, each fault at its field", async () => {
    const schema = z.object({
      entry: z.object({ name: z.string().min(1), build: z.object({ label: z.string().max(3) }) }),
    });
    const response = await send(
      post([
        ["entry.name", ""],
        ["entry.build.label", "12345"],
        ["role", "a/x"],
        ["role", "a/y"],
      ]),
      () => {
        const { error } = schema.safeParse({ entry: { name: "", build: { label: "12345" } } });
        return refusing(error ?? new Error("taken"));
      },
    );
    expect(response.headers.get("location")).toMatch(/^\/page\?answer=[\w-]+#join$/);
    const answer = answerIn(response);
    expect(answer).toMatchObject({
      form: "join",
      message: null,
      faults: { "entry.name": "Fill this in.", "entry.build.label": "At most 3 characters." },
    });
    const state = { said: answer?.said ?? null, faults: {}, message: null };
    expect(textOf(state, "entry.build.label", "stored")).toBe("12345");
    expect(isChosen(state, { field: "role", value: "a/y" })).toBe(true);
    expect(isChosen(state, { field: "role", value: "a/z" }, true)).toBe(false);
  });

  it("tells a refusal's sentence, at its field where it has one", async () => {
    const faults = [{ pointer: "/entry/slug", code: "slug_taken", message: "It is taken." }];
    const at = await send(post({ "entry.slug": "a" }), () =>
      refusing(new Refusal("invalid", "It is taken.", faults)),
    );
    expect(answerIn(at)).toMatchObject({ faults: { "entry.slug": "It is taken." }, message: null });
    const whole = await send(post({ a: "b", which: "dtls" }), () =>
      refusing(new Refusal("conflict", "Too late.")),
    );
    expect(answerIn(whole)).toMatchObject({ form: "join-dtls", faults: {}, message: "Too late." });
  });

  it("of somebody who is signed out leads to signing in and back", async () => {
    const response = await send(post({}), () =>
      refusing(new Refusal("unauthenticated", "Sign in first."), "UNAUTHORIZED"),
    );
    expect(response.headers.get("location")).toBe("/sign-in?callbackUrl=%2Fpage");
  });

  it("fails aloud when the fault is ours", async () => {
    await expect(send(post({}), () => refusing(new Error("broken")))).rejects.toThrow("broken");
  });

  it("comes back in an address that every server takes, whatever was pasted", async () => {
    const noise = randomBytes(40_000).toString("base64");
    const response = await send(post({ note: noise }), () =>
      refusing(new Refusal("invalid", "Too long.")),
    );
    expect(response.headers.get("location")?.length).toBeLessThan(7000);
    expect(noise.startsWith(answerIn(response)?.said.note?.[0] ?? "?")).toBe(true);
  });

  it("keeps a line's end as one character", async () => {
    await send(post({ parts: "a = 1\r\nb\r\n\r\n" }), async (fields) => {
      expect(lines(fields, "parts")).toEqual(["a = 1", "b"]);
      expect(fields.get("parts")).not.toContain("\r");
      return "/";
    });
  });
});

describe("what is sealed", () => {
  const schema = z.object({ link: z.string() });
  const told = { link: "http://localhost/invitations/secret" };

  it("is read by whom it is for, for ten minutes, and by nobody else", () => {
    const now = Date.now();
    const sealed = seal(told, "ann", now);
    expect(unseal(schema, { sealed, reader: "ann" }, now)).toEqual(told);
    expect(unseal(schema, { sealed, reader: "bob" }, now)).toBeNull();
    expect(unseal(schema, { sealed, reader: "ann" }, now + 600_000)).toBeNull();
    expect(Buffer.from(sealed, "base64url").toString("latin1")).not.toContain("secret");
  });

  it.each([undefined, null, "", "A", "A".repeat(100), ["a", "b"]])("is not %j", (sealed) => {
    expect(unseal(schema, { sealed, reader: "ann" })).toBeNull();
  });

  it("is not read when any of it was changed", () => {
    const sealed = seal(told, "ann");
    for (let at = 0; at < sealed.length - 1; at += 7) {
      const changed = sealed.slice(0, at) + (sealed[at] === "A" ? "B" : "A") + sealed.slice(at + 1);
      expect(unseal(schema, { sealed: changed, reader: "ann" })).toBeNull();
    }
  });
});
