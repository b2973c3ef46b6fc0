/**
 * The required roles of a test in the track's order: the first makes the rows of its grid, the
 * second the columns. Tests with one signature share a grid.
 */
export const signatureOf = (
  roles: readonly { key: string; min: number }[],
  positions: ReadonlyMap<string, number>,
): string[] =>
  roles
    .filter(({ min }) => min > 0)
    .map(({ key }) => key)
    .toSorted((a, b) => (positions.get(a) ?? 0) - (positions.get(b) ?? 0));
