import { foreign, isSameOrigin } from "@/lib/auth/same-origin";
import { startConnecting } from "@/lib/auth/start-sign-in";

type Context = { params: Promise<{ provider: string }> };

/** A link for the same reason as /sign-in/with. */
export async function GET(request: Request, { params }: Context) {
  return isSameOrigin(request) ? startConnecting(request, (await params).provider) : foreign();
}
