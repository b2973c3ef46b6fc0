import { describe, expect, it } from "vitest";
import { safePath } from "@/lib/core/safe-path";

// APP_URL is http://localhost:3000 here.
const OURS: [string, string][] = [
  ["/", "/"],
  ["/events/loopback", "/events/loopback"],
  [
    "/events/loopback?track=dtls&x=%2F%2Fevil.example",
    "/events/loopback?track=dtls&x=%2F%2Fevil.example",
  ],
  ["http://localhost:3000/account", "/account"],
  ["events", "/events"],
  ["/a/../account", "/account"],
  ["/%2f%2fevil.example", "/%2f%2fevil.example"],
  ["?next=https://evil.example", "/?next=https://evil.example"],
  ["http:\\evil.example", "/evil.example"],
];

const ELSEWHERE = [
  "https://evil.example",
  "http://evil.example/",
  "//evil.example",
  "///evil.example",
  "////evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "\\/evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "/\r\n/evil.example",
  "\t//evil.example",
  " //evil.example",
  "https:evil.example",
  "https:/evil.example",
  "https:\\\\evil.example",
  "http:/\\evil.example",
  "http://localhost:3000@evil.example/",
  "http://localhost:3000.evil.example/",
  "http://localhost:3001/",
  "https://localhost:3000/",
  "http://evil.example#@localhost:3000/",
  "//localhost:3000@evil.example",
  "/.//evil.example",
  "/..//evil.example",
  "/x/..//evil.example",
  "/%2e//evil.example",
  "/./\\evil.example",
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  "java\nscript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "blob:http://localhost:3000/x",
  "ftp://localhost:3000/",
  "file:///etc/passwd",
  "mailto:a@b.c",
  "http://[",
  "http://evil\u3002example",
  "//evil%E3%80%82example",
  "//\u2025evil.example",
];

const NO_PAGES = ["/api/auth/callback/idp", "/api", "/sign-in/with/idp", "/sign-in", "/x/../api/y"];

describe("where a sign-in may lead", () => {
  it.each(OURS)("%j is a page of ours", (value, path) => {
    expect(safePath(value)).toBe(path);
  });

  it.each(ELSEWHERE)("%j is not", (value) => {
    expect(safePath(value)).toBe("/");
  });

  it.each(NO_PAGES)("%j is no page", (value) => {
    expect(safePath(value)).toBe("/");
  });

  it.each([undefined, null, 1, ["/account"], {}])("%j is no path", (value) => {
    expect(safePath(value)).toBe("/");
  });
});
