import { matrixTwin } from "@/app/api/v1/matrix-twin";
import { drawMatrix } from "@/lib/pictures/rules";

export const GET = matrixTwin(
  ({ matrix, title, roleLabels, origin }) => ({
    text: drawMatrix(matrix, {
      title: `${title}, ${matrix.event}`,
      live: `${origin}/events/${matrix.event}/tracks/${matrix.track}`,
      labels: roleLabels,
    }),
    type: "image/svg+xml; charset=utf-8",
  }),
  { summary: "The matrix as a picture.", type: "image/svg+xml" },
);
