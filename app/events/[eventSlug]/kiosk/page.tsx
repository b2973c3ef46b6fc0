import { cache } from "react";
import { ask } from "@/app/ask";
import type { Query } from "@/app/reader";
import { Kiosk } from "@/components/kiosks/kiosk";
import { Refused } from "@/components/shell/refused";
import { slugSchema } from "@/lib/core/text";
import { everySchema, partSchema } from "@/lib/kiosks/schema";
import { api } from "@/lib/trpc/server";
import { askHead, titleOf } from "../questions";

type Props = {
  params: Promise<{ eventSlug: string }>;
  searchParams: Promise<{ every?: Query; track?: Query; part?: Query }>;
};

// Asked once per request, though the page and its title both want to know.
const askBoard = cache((eventSlug: string, track: string | undefined) =>
  ask(api.kiosks.board({ eventSlug, track })),
);

async function askAll({ params, searchParams }: Props) {
  const { eventSlug } = await params;
  const track = slugSchema.safeParse((await searchParams).track).data;
  return Promise.all([askHead(eventSlug), askBoard(eventSlug, track)]);
}

export async function generateMetadata(props: Props) {
  const [event, board] = await askAll(props);
  if (event.refused !== null || board.refused !== null) return titleOf("Sign in");
  return titleOf("Kiosk", event.value.label);
}

export default async function KioskPage(props: Props) {
  const [event, board] = await askAll(props);
  if (event.refused !== null) return <Refused code={event.refused} />;
  if (board.refused !== null) return <Refused code={board.refused} />;
  const { every, part } = await props.searchParams;
  return (
    <Kiosk
      eventSlug={event.value.slug}
      label={event.value.label}
      board={board.value}
      every={everySchema.parse(every)}
      part={partSchema.parse(part)}
    />
  );
}
