import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { Api, useTRPC } from "@/lib/trpc/client";
import { type Choice, couplesIn, type Group, matchIn, pageActions } from "./choices";

type Props = { eventSlug: string; close(): void };

/**
 * A dialog of the browser's own, which gives the focus back by itself. cmdk keeps the list and its roles;
 * its own dialog would bring a style element that the page's policy forbids.
 */
export function Palette(props: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // React has focused it before it was shown, when nothing in it could have the focus.
    element?.querySelector("input")?.focus();
    return () => element?.close();
  }, []);
  return (
    <dialog ref={dialog} className="palette" aria-label="Go to" onClose={props.close}>
      <Api>
        <Choices {...props} />
      </Api>
    </dialog>
  );
}

const GROUPS = {
  action: "This page",
  page: "Pages",
  track: "Tracks",
  view: "Saved views",
  entry: "Entries",
  couple: "Two together",
  issue: "Issues",
  test: "Tests",
} as const satisfies Record<Group, string>;

function Choices({ eventSlug, close }: Props) {
  const [text, setText] = useState("");
  const router = useRouter();
  const here = { pathname: usePathname(), query: useSearchParams().toString() };
  const { palettes } = useTRPC();
  const {
    data: places = [],
    isPending,
    error,
  } = useQuery(palettes.places.queryOptions({ eventSlug }));
  const found = [...matchIn([...pageActions(here), ...places], text), ...couplesIn(places, text)];
  const go = ({ path }: Choice) => {
    close();
    router.push(path);
  };
  return (
    <Command label="Go to" shouldFilter={false} loop>
      <Command.Input
        className="palette-text"
        placeholder="A track, test, entry or two, issue, saved view or page"
        value={text}
        onValueChange={setText}
      />
      <Command.List className="palette-list" label="Places">
        {Object.entries(GROUPS).map(([group, heading]) => {
          const own = found.filter((choice) => choice.group === group);
          return (
            own.length > 0 && (
              <Command.Group key={group} heading={heading}>
                {own.map((choice) => (
                  <Command.Item
                    key={`${choice.path} ${choice.label}`}
                    value={`${choice.path} ${choice.label}`}
                    onSelect={() => go(choice)}
                  >
                    <span>{choice.label}</span>
                    <span className="palette-hint">{choice.hint}</span>
                  </Command.Item>
                ))}
              </Command.Group>
            )
          );
        })}
      </Command.List>
      <p role="status" className="palette-words">
        {wordsOf({ isPending, message: error?.message, count: found.length })}
      </p>
    </Command>
  );
}

function wordsOf(told: { isPending: boolean; message: string | undefined; count: number }): string {
  if (told.message !== undefined) return told.message;
  if (told.isPending) return "Reading the event …";
  return told.count === 0 ? "Nothing here is called that. A part of its name is enough." : "";
}
