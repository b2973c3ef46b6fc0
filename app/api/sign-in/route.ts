import { foreign, isSameOrigin } from "@/lib/auth/same-origin";
import { startByMail } from "@/lib/auth/start-sign-in";

/** The e-mail form. Answers the same whether or not the address is known. */
export async function POST(request: Request) {
  return isSameOrigin(request) ? startByMail(await request.formData()) : foreign();
}
