import { readdirSync } from "node:fs";
import type { NextConfig } from "next";
import { DATA_POLICY, EVERYWHERE, PICTURES, STRICT_TRANSPORT } from "./lib/core/security-headers";

const newestMigration =
  readdirSync("prisma/migrations")
    .filter((name) => /^\d/.test(name))
    .sort()
    .at(-1) ?? "";

const config: NextConfig = {
  output: "standalone",
  poweredByHeader: false,
  images: { unoptimized: true },
  // `npm run check` type-checks everything, tests included; twice would cost six seconds a start.
  typescript: { ignoreBuildErrors: true },
  // Kept over builds, it went on reporting a file as missing that had long been there.
  experimental: { turbopackFileSystemCacheForBuild: false },
  // /readyz compares this with what the database has.
  env: { PLUGFEST_NEWEST_MIGRATION: newestMigration },
  // Pages have their policy from proxy.ts. Here nothing is known of APP_URL, which is set at run time.
  headers: async () => [
    { source: "/:path*", headers: EVERYWHERE },
    { source: "/api/:path*", headers: [DATA_POLICY] },
    // The last of two that match wins.
    { source: "/api/v1/:path*/:picture(badge.svg|matrix.svg)", headers: [PICTURES] },
    {
      source: "/:path*",
      has: [{ type: "header", key: "x-forwarded-proto", value: "https" }],
      headers: [STRICT_TRANSPORT],
    },
  ],
};

export default config;
