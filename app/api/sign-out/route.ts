import { foreign, isSameOrigin } from "@/lib/auth/same-origin";
import { signOut } from "@/lib/auth/sign-out";

/** Ends this browser's session; with the field `everywhere`, all sessions of the person. */
export async function POST(request: Request) {
  if (!isSameOrigin(request)) return foreign();
  return signOut(request, (await request.formData()).has("everywhere"));
}
