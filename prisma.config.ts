import { defineConfig } from "prisma/config";

// `generate` and `validate` need no database; what does need one sets DATABASE_URL.
export default defineConfig({
  schema: "prisma/schema",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_URL ?? "postgresql://none@127.0.0.1:1/none" },
});
