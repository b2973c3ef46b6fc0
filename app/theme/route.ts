import { cookies } from "next/headers";
import { readTheme } from "@/components/shell/theme-switch";
import { redirectTo } from "@/lib/auth/redirects";
import { foreign, isSameOrigin } from "@/lib/auth/same-origin";
import { notAForm, readForm } from "@/lib/http/read-form";

const YEAR_SECONDS = 31_536_000;

/** Keeps the chosen theme for a year and goes back to the page that asked. */
export async function POST(request: Request) {
  if (!isSameOrigin(request)) return foreign();
  const fields = await readForm(request);
  if (fields === null) return notAForm();
  const theme = readTheme(fields.get("theme"));
  (await cookies()).set("theme", theme, { path: "/", sameSite: "lax", maxAge: YEAR_SECONDS });
  return redirectTo(pathBack(request));
}

/** Only ever a path of this site: `//elsewhere.example` would be another host's. */
function pathBack({ headers }: Request): string {
  const referer = headers.get("referer") ?? "";
  if (!URL.canParse(referer)) return "/";
  const { pathname, search } = new URL(referer);
  return `/${pathname.replace(/^[/\\]+/, "")}${search}`;
}
