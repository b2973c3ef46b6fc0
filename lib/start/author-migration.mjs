// npm run db:migrate -- NAME: writes the SQL of what changed in prisma/schema to a new folder of
// prisma/migrations. It works on a database of its own, so an author needs none and loses none.
import { CannotStart } from "./cannot-start.mjs";
import { exitOnRefusal } from "./exit.mjs";
import { prisma } from "./prisma.mjs";
import { startScratchPostgres } from "./scratch.mjs";

async function authorMigration([name]) {
  if (!/^[a-z0-9_]+$/.test(name ?? "")) {
    throw new CannotStart(
      "Give the migration a name in lower-case letters, digits and underscores: npm run db:migrate -- add_slots",
    );
  }
  const server = await startScratchPostgres();
  try {
    const env = { DATABASE_URL: server.url("plugfest") };
    const created = await prisma(["migrate", "dev", "--create-only", "--name", name], env);
    if (created !== 0) return created;
    return await prisma(["migrate", "deploy"], env);
  } finally {
    await server.stop();
  }
}

await exitOnRefusal(() => authorMigration(process.argv.slice(2)));
