import { TRPCError } from "@trpc/server";
import { redirectTo } from "@/lib/auth/redirects";
import { foreign, isSameOrigin } from "@/lib/auth/same-origin";

type Pages = {
  /** Where a visitor comes back to after signing in. */
  page: string;
  done: string;
  /** What the form said does not fit. */
  unfit: string;
};

/**
 * A form of one of our pages: hands its fields to `work`, which calls the router, and answers with the
 * page to go to. It needs no script in the browser.
 */
export async function submitted(
  request: Request,
  work: (form: FormData) => Promise<unknown>,
  { page, done, unfit }: Pages,
): Promise<Response> {
  if (!isSameOrigin(request)) return foreign();
  try {
    await work(await request.formData());
    return redirectTo(done);
  } catch (error) {
    const code = error instanceof TRPCError ? error.code : undefined;
    if (code === "UNAUTHORIZED") {
      return redirectTo(`/sign-in?${new URLSearchParams({ callbackUrl: page })}`);
    }
    if (code === "BAD_REQUEST") return redirectTo(unfit);
    // Gone already: whoever pressed the button has what they wanted.
    if (code === "NOT_FOUND") return redirectTo(done);
    throw error;
  }
}
