/** An element for each column, which the cross-hair marks: one instead of all its cells. */
export function Columns({ count }: { count: number }) {
  return (
    <colgroup>
      {Array.from({ length: count }, (_, at) => `column ${at}`).map((key) => (
        <col key={key} />
      ))}
    </colgroup>
  );
}
