import { describe, expect, it } from "vitest";
import { isLost, isOutage } from "@/lib/core/outage";

const coded = (code: string) => Object.assign(new Error("some words"), { code });

describe("an outage of the database", () => {
  it.each([
    ...["57P01", "57P03", "57014", "55P03", "40001", "40P01", "53300", "53100", "08006", "08P01"],
    ...["P1001", "P1008", "P1017", "P2024", "P2028", "P2034", "P2037"],
    ...["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "EAI_AGAIN"],
  ])("is known by the code %s, also as a cause", (code) => {
    expect(isOutage(coded(code))).toBe(true);
    expect(isOutage(new Error("around it", { cause: coded(code) }))).toBe(true);
  });

  it.each([
    "Connection terminated unexpectedly",
    "Connection terminated due to connection timeout",
    "Client has encountered a connection error and is not queryable",
    "timeout exceeded when trying to connect",
    "timeout expired",
    "Query read timeout",
  ])("is known by pg's words: %s", (words) => {
    expect(isOutage(new Error(words))).toBe(true);
  });

  it("is no bug, no refusal and nothing that is no error", () => {
    for (const code of ["23505", "42601", "P2002", "P2025", "ENOENT"]) {
      expect(isOutage(coded(code))).toBe(false);
    }
    expect(isOutage(new Error("x is not a function"))).toBe(false);
    expect(isOutage("ECONNREFUSED")).toBe(false);
  });

  it("is a lost connection only when there is nothing left to roll back", () => {
    expect(isLost(new Error("Connection terminated unexpectedly"))).toBe(true);
    expect(isLost(coded("40P01"))).toBe(false);
  });
});
