// npm run db:check: do the migrations yield the schema? Exits 0 when they do, 2 when they do not.
import { exitOnRefusal } from "./exit.mjs";
import { prisma } from "./prisma.mjs";
import { startScratchPostgres } from "./scratch.mjs";

async function checkDrift() {
  const server = await startScratchPostgres();
  try {
    return await prisma(
      [
        "migrate",
        "diff",
        "--from-migrations=prisma/migrations",
        "--to-schema=prisma/schema",
        "--exit-code",
      ],
      { DATABASE_URL: server.url("postgres") },
    );
  } finally {
    await server.stop();
  }
}

await exitOnRefusal(checkDrift);
