import { notAForm, readForm } from "@/lib/http/read-form";
import { foreign, isSameOrigin } from "./same-origin";

/** A form of one of our pages, for `work` to answer; anything else is turned away here. */
export async function ownForm(
  request: Request,
  work: (fields: URLSearchParams) => Promise<Response>,
): Promise<Response> {
  if (!isSameOrigin(request)) return foreign();
  const fields = await readForm(request);
  return fields === null ? notAForm() : work(fields);
}
