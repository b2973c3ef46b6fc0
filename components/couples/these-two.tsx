import { coupleHref } from "./couple-href";

type Props = { parties: readonly { project: string }[] };

/** Where all that two projects have tested together stands; nothing for one with itself, or for three. */
export function TheseTwo({ parties }: Props) {
  const [one, other, ...more] = [...new Set(parties.map(({ project }) => project))];
  if (one === undefined || other === undefined || more.length > 0) return null;
  return (
    <a className="text-link" href={coupleHref(one, other)}>
      these two everywhere
    </a>
  );
}
