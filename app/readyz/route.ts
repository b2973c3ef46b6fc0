import { loadReadiness } from "@/lib/health/read";

export const dynamic = "force-dynamic";

/** The database answers and every migration that this build knows of is applied. */
export async function GET() {
  const { isReady, reason } = await loadReadiness();
  return Response.json(
    { status: isReady ? "ok" : "unavailable", reason },
    { status: isReady ? 200 : 503, headers: { "cache-control": "no-store" } },
  );
}
