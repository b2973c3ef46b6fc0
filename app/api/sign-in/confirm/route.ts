import { finishByLink } from "@/lib/auth/finish-sign-in";
import { ownForm } from "@/lib/auth/own-form";

/** The button on the page that a mail's link leads to. Only this uses the link up. */
export const POST = (request: Request) =>
  ownForm(request, (fields) => finishByLink(request, fields));
