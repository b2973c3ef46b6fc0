import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { env } from "@/lib/core/env";
import { pagePolicy, STRICT_TRANSPORT } from "@/lib/core/security-headers";

/** Sets the page's policy, and nothing else: who may do what is decided where the data is read. */
export function proxy(request: NextRequest) {
  // Postgres knows no NUL: nothing is called by one, and asking it would be a fault of ours.
  if (request.nextUrl.pathname.includes("%00")) {
    return new NextResponse("There is no such page.\n", { status: 404 });
  }
  const nonce = randomBytes(16).toString("base64");
  const policy = pagePolicy(nonce);
  const headers = new Headers(request.headers);
  // Next puts the nonce that it finds here into its own scripts.
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  if (env().APP_URL.startsWith("https://")) {
    response.headers.set(STRICT_TRANSPORT.key, STRICT_TRANSPORT.value);
  }
  return response;
}

export const config = {
  // The API takes uploads, and a body that passes here is cut at 10 MB; what stands in frames has a
  // policy of its own.
  matcher: ["/((?!api/|embed/|_next/static/|.*\\.mjs$).*)"],
};
