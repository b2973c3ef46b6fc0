export const dynamic = "force-dynamic";

/** The process lives. No I/O: a slow database must not have it restarted. */
export const GET = () =>
  Response.json({ status: "ok" }, { headers: { "cache-control": "no-store" } });
