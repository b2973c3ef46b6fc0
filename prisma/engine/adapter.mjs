// @prisma/adapter-pg as the schema engine needs it. Version 7.10.0 has three traps for migrations:
// - it knows no type for oid 18 ("char", as in pg_constraint.contype), so describing a schema fails;
// - executeScript() cuts at every `;`, also inside function bodies, and uses any client of the pool;
// - connectToShadowDb() with a connection string connects to the main database.
import { randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { atDatabase, createDatabase, dropDatabase, parseAddress } from "./address.mjs";

// The adapter's own copy: it is not a dependency of ours.
const ofAdapter = createRequire(createRequire(import.meta.url).resolve("@prisma/adapter-pg"));
const { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } = ofAdapter(
  "@prisma/driver-adapter-utils",
);

const CHAR_OID = 18;
const TEXT_OID = 25;

/** What the engine connects through; without a URL it connects to nothing, which diff allows. */
export function adapterFactory({ url, shadowDatabaseUrl }) {
  const address = parseAddress(url ?? "postgresql://none@127.0.0.1:1/none");
  return bindMigrationAwareSqlAdapterFactory({
    provider: "postgres",
    adapterName: "@prisma/adapter-pg",
    connect: () => connect(address),
    connectToShadowDb: () =>
      shadowDatabaseUrl ? connect(parseAddress(shadowDatabaseUrl)) : connectToNewShadow(address),
  });
}

async function connectToNewShadow(address) {
  const name = `prisma_migrate_shadow_db_${randomUUID()}`;
  await createDatabase(address, name);
  const adapter = await connect({ ...address, url: atDatabase(address, name) });
  const dispose = adapter.dispose;
  adapter.dispose = async () => {
    await dispose();
    await dropDatabase(address, name);
  };
  return adapter;
}

async function connect(address) {
  // One connection: a script may depend on the settings that another one left in its session.
  const pool = new pg.Pool({ connectionString: address.url, max: 1 });
  pool.on("error", () => undefined);
  const adapter = await new PrismaPg(pool, { schema: address.schema }).connect();
  readCharColumns(adapter);
  adapter.executeScript = async (script) => {
    try {
      await pool.query(script); // the simple protocol: the whole file is one message
    } catch (error) {
      adapter.onError(error);
    }
  };
  adapter.dispose = () => pool.end();
  return adapter;
}

/**
 * Passes "char" columns through the adapter as text and then gives them their own type again: as
 * Text they would make the engine panic.
 */
function readCharColumns(adapter) {
  const charColumns = new WeakMap();
  const performIO = adapter.performIO.bind(adapter);
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.performIO = async (query) => {
    const reply = await performIO(query);
    const fields = reply.fields ?? [];
    charColumns.set(
      reply.rows,
      fields.flatMap((field, index) => (field.dataTypeID === CHAR_OID ? [index] : [])),
    );
    for (const field of fields) if (field.dataTypeID === CHAR_OID) field.dataTypeID = TEXT_OID;
    return reply;
  };
  adapter.queryRaw = async (query) => {
    const reply = await queryRaw(query);
    for (const index of charColumns.get(reply.rows) ?? []) {
      reply.columnTypes[index] = ColumnTypeEnum.Character;
    }
    return reply;
  };
}
