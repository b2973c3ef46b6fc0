import { cookies } from "next/headers";
import { readTheme } from "@/components/shell/theme-switch";
import { foreign, isSameOrigin } from "@/lib/auth/same-origin";

const YEAR_SECONDS = 31_536_000;

/** Keeps the chosen theme for a year and goes back to the page that asked. */
export async function POST(request: Request) {
  if (!isSameOrigin(request)) return foreign();
  const theme = readTheme((await request.formData()).get("theme"));
  (await cookies()).set("theme", theme, { path: "/", sameSite: "lax", maxAge: YEAR_SECONDS });
  return new Response(null, { status: 303, headers: { location: pathBack(request) } });
}

/** Only ever a path of this site: `//elsewhere.example` would be another host's. */
function pathBack({ headers }: Request): string {
  const referer = headers.get("referer") ?? "";
  if (!URL.canParse(referer)) return "/";
  const { pathname, search } = new URL(referer);
  return `/${pathname.replace(/^[/\\]+/, "")}${search}`;
}
