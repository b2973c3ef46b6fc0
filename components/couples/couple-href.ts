/** `/projects/a/with/b`, whichever of the two is named first. */
export const coupleHref = (one: string, other: string): string =>
  `/projects/${[one, other].sort().join("/with/")}`;
