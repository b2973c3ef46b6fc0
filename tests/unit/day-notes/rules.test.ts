import { describe, expect, it } from "vitest";
import { draftNote } from "@/lib/day-notes/rules";

const NOTHING = { confirmed: [], settled: [], disputed: 0, fixed: [] };
const cell = (test: string, names: string[], over = {}) => ({
  test,
  title: `Test ${test}`,
  outcome: "pass" as const,
  variant: {},
  names,
  ...over,
});

describe("the draft of a day's note", () => {
  it("groups what was confirmed by test and outcome, and tells settlements and fixes apart", () => {
    const note = draftNote({
      confirmed: [
        cell("C-1", ["Alpha", "Beta"]),
        cell("C-1", ["Beta", "Alpha"], { outcome: "fail", variant: { transport: "tcp" } }),
        cell("C-2", ["Alpha", "Beta"]),
      ],
      settled: [{ ...cell("C-3", ["Alpha", "Beta"], { outcome: "fail" }), cause: "specification" }],
      disputed: 1,
      fixed: [{ number: 7, title: "Crash on BYE", state: "fixedLive", project: "Beta" }],
    });
    expect(note).toBe(
      [
        "# Confirmed",
        "",
        "- **C-1** Test C-1: pass: Alpha × Beta. fail: Beta × Alpha (transport tcp)",
        "- **C-2** Test C-2: pass: Alpha × Beta",
        "",
        "# Settled by the lead",
        "",
        "- **C-3** Test C-3: Alpha × Beta, fail (cause: the specification)",
        "",
        "# Fixed",
        "",
        "- #7 Crash on BYE (Beta), fixed on the spot",
        "",
        "1 cell was disputed at the end of the day.",
      ].join("\n"),
    );
  });

  it("says so where nothing was confirmed", () => {
    expect(draftNote(NOTHING)).toBe("Nothing was confirmed on this day.");
    expect(draftNote({ ...NOTHING, disputed: 2 })).toBe(
      "2 cells were disputed at the end of the day.",
    );
  });

  it("takes no name for Markdown", () => {
    const note = draftNote({ ...NOTHING, confirmed: [cell("C_1", ["*Star*", "[link](x)"])] });
    expect(note).toContain("**C\\_1** Test C\\_1: pass: \\*Star\\* × \\[link\\](x)");
  });
});
