import { cookies } from "next/headers";
import { cache } from "react";
import { authCookies } from "./cookies";
import { type CurrentSession, findSession } from "./sessions";

/** The cookie's value; to be read before an answer begins, since cookies are out of reach after that. */
export const sessionToken = async (): Promise<string | undefined> =>
  (await cookies()).get(authCookies().sessionToken.name)?.value;

/** Who is signed in, looked up once per request. */
export const currentSession = cache(async (): Promise<CurrentSession | null> => {
  const token = await sessionToken();
  return token ? findSession(token) : null;
});
