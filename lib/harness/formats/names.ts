/** A name and whose it is: a class, a suite, a parent. */
export type Owned = { readonly name: string; readonly owner: string };

/** A part of a text keeps all of the text in memory, which may be a whole file by and by. */
const alone = (part: string): string => JSON.parse(JSON.stringify(part)) as string;

/** Tells how each of many results is called: by its name, with its owner where two owners have it. */
export class Names {
  /** null once two owners have the name. */
  readonly #owners = new Map<string, string | null>();

  note({ name, owner }: Owned) {
    const known = this.#owners.get(name);
    if (known === undefined) this.#owners.set(alone(name), alone(owner));
    else if (known !== owner) this.#owners.set(name, null);
  }

  of({ name, owner }: Owned): string {
    return this.#owners.get(name) === null && owner !== "" ? `${owner}.${name}` : name;
  }
}
