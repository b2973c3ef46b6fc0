import { finishByLink } from "@/lib/auth/finish-sign-in";
import { foreign, isSameOrigin } from "@/lib/auth/same-origin";

/** The button on the page that a mail's link leads to. Only this uses the link up. */
export const POST = async (request: Request) =>
  isSameOrigin(request) ? finishByLink(request) : foreign();
