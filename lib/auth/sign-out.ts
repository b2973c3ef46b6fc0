import { readBrowser } from "./browser";
import { authCookies } from "./cookies";
import { redirectTo } from "./redirects";
import { closeAllSessions, closeSession, findSession } from "./sessions";

/** Ends the session in the database first, so that a kept copy of the cookie is worth nothing. */
export async function signOut(request: Request, everywhere: boolean): Promise<Response> {
  const { sessionToken } = readBrowser(request);
  if (sessionToken) {
    const session = everywhere ? await findSession(sessionToken) : null;
    if (session) await closeAllSessions(session.personId);
    else await closeSession(sessionToken);
  }
  const { name, options } = authCookies().sessionToken;
  const secure = options.secure ? "; Secure" : "";
  return redirectTo("/", [`${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${secure}`]);
}
