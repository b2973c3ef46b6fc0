import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { saidWords } from "@/components/results/said";
import { SaidNote } from "@/components/results/said-note";

const EVIL =
  "**bold** <script>alert(1)</script> [x](javascript:alert(1)) ![p](https://evil.example/p.png)";
const drawn = (origin: "person" | "agent", message: string) =>
  renderToStaticMarkup(<SaidNote result={{ origin, message, outcome: "pass", isDenial: false }} />);

describe("a note", () => {
  it("of a person is Markdown that can do nothing to the page", () => {
    const html = drawn("person", EVIL);
    expect(html).toContain("<strong>bold</strong>");
    expect(html).not.toMatch(/<script|javascript:|<img/i);
  });

  it("of a tool is shown as it came", () => {
    const html = drawn("agent", EVIL);
    expect(html).toContain("**bold** &lt;script&gt;");
  });
});

describe("a denial", () => {
  it("says so, and not its outcome", () => {
    const result = {
      origin: "person",
      message: null,
      outcome: "inconclusive",
      isDenial: true,
    } as const;
    expect(saidWords(result)).toBe("Not us");
  });
});
