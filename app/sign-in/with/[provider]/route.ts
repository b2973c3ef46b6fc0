import { foreign, isSameOrigin } from "@/lib/auth/same-origin";
import { startAtProvider } from "@/lib/auth/start-sign-in";

type Context = { params: Promise<{ provider: string }> };

/** A link, not a form: `form-action 'self'` would stop a form's redirect to the provider. */
export async function GET(request: Request, { params }: Context) {
  return isSameOrigin(request) ? startAtProvider(request, (await params).provider) : foreign();
}
