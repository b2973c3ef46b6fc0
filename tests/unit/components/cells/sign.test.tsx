import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { Sign } from "@/components/cells/sign";
import { STATES } from "@/lib/cells/schema";
import { OUTCOME_SIGNS } from "@/lib/outcomes/rules";
import { OUTCOMES } from "@/lib/results/schema";
import type { SignOf } from "@/lib/signs/rules";

const drawn = (sign: SignOf) => renderToStaticMarkup(<Sign sign={sign} />);
const pathOf = (html: string) => / d="([^"]*)"/.exec(html)?.[1];

describe("a sign", () => {
  it.each(OUTCOMES)("of %s bears its letter", (outcome) => {
    expect(drawn({ state: "confirmed", outcome })).toContain(
      `>${OUTCOME_SIGNS[outcome].letter}</text>`,
    );
  });

  it("has a silhouette and a letter of its own for every outcome", () => {
    const all = OUTCOMES.map((outcome) => pathOf(drawn({ state: "confirmed", outcome })));
    expect(new Set(all).size).toBe(OUTCOMES.length);
    const letters = [...Object.values(OUTCOME_SIGNS).map(({ letter }) => letter), "D"];
    expect(new Set(letters).size).toBe(letters.length);
  });

  it("is different for every state", () => {
    const all = [...STATES, "withheld" as const].map((state) => {
      const html = drawn({ state, outcome: state === "disputed" ? null : "pass" });
      return html.slice(html.indexOf(">"));
    });
    expect(new Set(all).size).toBe(all.length);
  });

  it("keeps an overlay apart from the plain one", () => {
    const plain = drawn({ state: "confirmed", outcome: "pass" });
    const stale = drawn({ state: "confirmed", outcome: "pass", overlays: ["stale"] });
    const flaky = drawn({ state: "confirmed", outcome: "pass", overlays: ["flaky"] });
    expect(stale).toContain("sign-hatch");
    expect(flaky).toContain("sign-dot");
    expect(new Set([plain, stale, flaky]).size).toBe(3);
  });

  it("says nothing itself: whoever draws it gives the words", () => {
    expect(drawn({ state: "confirmed", outcome: "pass" })).toContain('aria-hidden="true"');
  });
});
