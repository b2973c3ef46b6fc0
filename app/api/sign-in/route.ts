import { ownForm } from "@/lib/auth/own-form";
import { startByMail } from "@/lib/auth/start-sign-in";

/** The e-mail form. Answers the same whether or not the address is known. */
export const POST = (request: Request) => ownForm(request, startByMail);
