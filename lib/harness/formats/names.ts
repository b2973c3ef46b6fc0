/** A name and whose it is: a class, a suite, a parent. */
export type Owned = { readonly name: string; readonly owner: string };

/** Tells how each of many results is called: by its name, with its owner where two owners have it. */
export class Names {
  /** null once two owners have the name. */
  readonly #owners = new Map<string, string | null>();

  note({ name, owner }: Owned) {
    const known = this.#owners.get(name);
    this.#owners.set(name, known === undefined || known === owner ? owner : null);
  }

  of({ name, owner }: Owned): string {
    return this.#owners.get(name) === null && owner !== "" ? `${owner}.${name}` : name;
  }
}
