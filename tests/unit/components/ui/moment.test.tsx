import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { Days, Moment } from "@/components/ui/moment";

const words = (html: string) => html.replaceAll(/<[^>]*>/g, "");

describe("a moment", () => {
  it.each([
    ["UTC", "20 Nov 2026, 22:30 UTC"],
    ["Asia/Kathmandu", "21 Nov 2026, 04:15 GMT+5:45"],
    ["America/New_York", "20 Nov 2026, 17:30 GMT-5"],
  ])("in %s says which zone that is", (zone, told) => {
    const html = renderToStaticMarkup(<Moment at="2026-11-20T22:30:00.000Z" zone={zone} />);
    expect(words(html)).toBe(told);
    expect(html).toContain('dateTime="2026-11-20T22:30:00.000Z"');
  });
});

describe("days", () => {
  it("are those of the zone, which is named", () => {
    const html = renderToStaticMarkup(
      <Days from="2026-11-19T22:00:00Z" to="2026-11-22T21:59:00Z" zone="Europe/Bucharest" />,
    );
    expect(words(html)).toMatch(/^20.{1,3}22 Nov 2026 (EET|GMT\+2)$/);
  });
});
