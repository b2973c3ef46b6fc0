// Three ways to store the same batches: through the site, by its transaction alone, and naively.
import http from "node:http";
import pg from "pg";
import { authenticateAgent } from "@/lib/auth/agents";
import { grant } from "@/lib/auth/permit";
import { recordResults } from "@/lib/results/write/record";
import type { Fixture } from "./batches";
import { recordStatements, type Statement } from "./ledger";

/** A batch of one agent, ready to be stored in any of the ways. */
export type Prepared = { agent: number; zipped: Buffer; statements: Statement[] };

export type Side = {
  name: string;
  store(prepared: Prepared): Promise<void>;
  close(): Promise<void>;
};

/** POST as an agent does it, over connections that stay open. */
export function overHttp(name: string, base: string, { slug, agents }: Fixture): Side {
  const keeper = new http.Agent({ keepAlive: true, maxSockets: agents.length });
  const store = ({ agent, zipped }: Prepared) =>
    new Promise<void>((resolve, reject) => {
      const { token, runId } = agents[agent] ?? { token: "", runId: "" };
      const request = http.request(`${base}/api/v1/events/${slug}/runs/${runId}/results`, {
        method: "POST",
        agent: keeper,
        headers: {
          authorization: `Bearer ${token}`,
          "content-type": "application/json",
          "content-encoding": "gzip",
          "content-length": zipped.length,
        },
      });
      request.on("error", reject);
      request.on("response", (response) => {
        let said = "";
        response.on("data", (chunk: Buffer) => {
          said += chunk;
        });
        response.on("end", () => {
          if (response.statusCode === 200 && said.includes('"accepted":1000')) resolve();
          else reject(new Error(`${name}: ${response.statusCode} ${said.slice(0, 300)}`));
        });
      });
      request.end(zipped);
    });
  return { name, store, close: async () => keeper.destroy() };
}

/** The recorded statements, one after the other, on a connection for each agent; as the site's role. */
export async function directly(connectionString: string, agents: number): Promise<Side> {
  const clients = await Promise.all(
    Array.from({ length: agents }, async () => {
      const client = new pg.Client({ connectionString });
      await client.connect();
      return client;
    }),
  );
  const store = async ({ agent, statements }: Prepared) => {
    for (const statement of statements) await clients[agent]?.query(statement);
  };
  const close = async () => {
    for (const client of clients) await client.end();
  };
  return { name: "direct", store, close };
}

/**
 * Stores a batch by the product's own code in this process, in a database of its own, and hands over the
 * transaction it made. That database is always as far as the others will be.
 */
export async function prepareStatements(
  { slug, agents }: Fixture,
  agent: number,
  { items }: { items: readonly unknown[] },
): Promise<Statement[]> {
  const { token, runId } = agents[agent] ?? { token: "", runId: "" };
  const { actor, scope } = await authenticateAgent(`Bearer ${token}`, slug);
  const permit = grant(actor, "result.push", scope);
  return recordStatements(() => recordResults(permit, runId, items));
}
