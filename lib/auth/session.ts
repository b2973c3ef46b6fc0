import { cookies } from "next/headers";
import { cache } from "react";
import { authCookies } from "./cookies";
import { type CurrentSession, findSession } from "./sessions";

/** Who is signed in, looked up once per request. */
export const currentSession = cache(async (): Promise<CurrentSession | null> => {
  const token = (await cookies()).get(authCookies().sessionToken.name)?.value;
  return token ? findSession(token) : null;
});
