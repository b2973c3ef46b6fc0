import { Button } from "@/components/ui/button";
import { ChoiceField, FormFault, TextField } from "@/components/ui/form-fields";
import type { FormState } from "@/lib/core/form";
import { DEED_WORDS, LINK_WORDS } from "@/lib/issues/rules";
import { DEEDS, type IssueLink, type IssuePage, LINK_KINDS } from "@/lib/issues/schema";
import { TakeOff } from "./take-off";

type Props = {
  issue: IssuePage;
  /** Where its forms go. */
  action: string;
  stateOf: (form: string) => FormState;
};

const linkKinds = LINK_KINDS.map((value) => ({ value, label: LINK_WORDS[value] }));
const deeds = DEEDS.map((value) => ({ value, label: DEED_WORDS[value] }));

/** Where else the issue is spoken of: upstream, in commits, tests and advisories. */
export function IssueLinks({ issue: { links, may }, action, stateOf }: Props) {
  const state = stateOf("link");
  if (links.length === 0 && !may.edit) return null;
  return (
    <section className="block" aria-labelledby="links">
      <h2 id="links">Links</h2>
      <ul className="issue-lines">
        {links.map((link) => (
          <li key={link.id}>
            <span className="issue-what">{LINK_WORDS[link.kind]}</span>
            <LinkTarget link={link} />
            {may.edit && (
              <TakeOff
                action={`${action}/unlink`}
                field="linkId"
                value={link.id}
                what={`${LINK_WORDS[link.kind]} ${link.label}`}
              />
            )}
          </li>
        ))}
      </ul>
      {may.edit && (
        <form method="post" action={`${action}/link`} className="form-inline issue-add" id="link">
          <FormFault state={state} />
          <ChoiceField state={state} name="link.kind" label="Add" options={linkKinds} />
          <TextField
            state={state}
            name="link.what"
            label="Address, hash, CVE or name"
            required
            maxLength={500}
          />
          <TextField
            state={state}
            name="link.label"
            label="Called (may be empty)"
            maxLength={120}
          />
          <Button type="submit">Add the link</Button>
        </form>
      )}
    </section>
  );
}

/** A web address is a link; a hash or a CVE by itself leads nowhere. */
const LinkTarget = ({ link: { kind, label, url } }: { link: IssueLink }) => {
  const text = kind === "commit" || kind === "cve" ? <code>{label}</code> : label;
  return url === null ? (
    <span>{text}</span>
  ) : (
    <a className="text-link" href={url} rel="nofollow noopener noreferrer">
      {text}
    </a>
  );
};

/** Whom to thank. */
export function IssueCredits({ issue: { credits, may }, action, stateOf }: Props) {
  const state = stateOf("credit");
  if (credits.length === 0 && !may.edit) return null;
  return (
    <section className="block" aria-labelledby="credits">
      <h2 id="credits">Credits</h2>
      <ul className="issue-lines">
        {credits.map(({ id, deed, name }) => (
          <li key={id}>
            <span className="issue-what">{DEED_WORDS[deed]}</span>
            <span>{name}</span>
            {may.edit && (
              <TakeOff
                action={`${action}/uncredit`}
                field="creditId"
                value={id}
                what={`${DEED_WORDS[deed]} ${name}`}
              />
            )}
          </li>
        ))}
      </ul>
      {may.edit && (
        <form
          method="post"
          action={`${action}/credit`}
          className="form-inline issue-add"
          id="credit"
        >
          <FormFault state={state} />
          <ChoiceField state={state} name="credit.deed" label="Credit" options={deeds} />
          <TextField state={state} name="credit.name" label="Name" required maxLength={80} />
          <Button type="submit">Add the credit</Button>
        </form>
      )}
    </section>
  );
}
