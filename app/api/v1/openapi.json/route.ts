import { env } from "@/lib/core/env";
import { buildDocument } from "@/lib/http/openapi";
import { ROUTES } from "../routes";

export const dynamic = "force-dynamic";

/** The document of the API; it is the same for everybody. */
export const GET = () =>
  Response.json(buildDocument(ROUTES, new URL(env().APP_URL).origin), {
    headers: { "cache-control": "public, max-age=300", "access-control-allow-origin": "*" },
  });
