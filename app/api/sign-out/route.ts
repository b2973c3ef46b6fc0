import { ownForm } from "@/lib/auth/own-form";
import { signOut } from "@/lib/auth/sign-out";

/** Ends this browser's session; with the field `everywhere`, all sessions of the person. */
export const POST = (request: Request) =>
  ownForm(request, (fields) => signOut(request, fields.has("everywhere")));
