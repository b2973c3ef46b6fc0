import { matrixTwin } from "@/app/api/v1/matrix-twin";
import { changesFeed } from "@/lib/feeds/rules";

export const GET = matrixTwin(
  ({ matrix, title, origin }) => ({
    text: changesFeed(matrix, {
      title: `${title}, ${matrix.event}: changes`,
      origin,
      path: `/events/${matrix.event}/tracks/${matrix.track}`,
    }),
    type: "application/atom+xml; charset=utf-8",
  }),
  { summary: "The latest changes of a matrix, as an Atom feed.", type: "application/atom+xml" },
);
