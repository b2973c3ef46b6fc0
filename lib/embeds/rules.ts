import { xml } from "@/lib/core/xml";
import type { Grid } from "@/lib/matrices/schema";
import { countsOf } from "@/lib/pictures/rules";

/** How often a frame asks again; it runs no script that could be told. */
const REFRESH_SECONDS = 60;

type Where = {
  title: string;
  labels: Readonly<Record<string, string>>;
  /** Address of the live page, in full. */
  page: string;
  /** Address of the picture, on this site. */
  picture: string;
};

/** A page without scripts and styles that a frame may show: the picture is the link to the live page. */
export function embedPage(grids: readonly Grid[], { title, labels, page, picture }: Where): string {
  const words = grids.map((grid) => countsOf(grid, labels)).join(" ");
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="${REFRESH_SECONDS}">
<title>${xml(title)}</title>
<a href="${xml(page)}" target="_blank" rel="noopener"><img src="${xml(picture)}" alt="${xml(`${title}. ${words}`)}"></a>
</html>
`;
}
