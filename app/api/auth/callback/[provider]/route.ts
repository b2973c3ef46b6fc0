import { finishAtProvider } from "@/lib/auth/finish-sign-in";

type Context = { params: Promise<{ provider: string }> };

/** Where identity providers send people back to. Nothing else of next-auth has an address. */
export const GET = async (request: Request, { params }: Context) =>
  finishAtProvider(request, (await params).provider);
