import { describe, expect, it } from "vitest";
import { readIssueView, viewQuery } from "@/app/events/[eventSlug]/issues/view";

describe("the address of the list", () => {
  it("asks for what it says, and for nothing where it says nothing", () => {
    expect(readIssueView({ state: "open,known", kind: "", q: " date ", sort: "" })).toEqual({
      state: ["open", "known"],
      q: "date",
      sort: "newest",
    });
    expect(readIssueView({})).toEqual({ sort: "newest" });
  });

  it("leaves out what is no filter, and keeps the rest", () => {
    const view = readIssueView({ state: "mended", track: "dtls", page: "2", sort: "sideways" });
    expect(view).toEqual({ track: ["dtls"], sort: "newest" });
  });

  it("is the same for the twins", () => {
    const view = readIssueView({ target: "opensips", state: ["open", "known"], q: "a b" });
    expect(viewQuery(view)).toBe("?state=open%2Cknown&target=opensips&q=a+b");
    expect(viewQuery(readIssueView({}))).toBe("");
  });
});
