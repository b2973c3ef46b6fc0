import * as z from "zod";

/** A form's fields through a shape: what is wrong is told of `name.field`, as the form names it. */
export const inField = <S extends z.ZodType>(name: string, schema: S, said: unknown): z.output<S> =>
  z.object({ [name]: schema }).parse({ [name]: said })[name] as z.output<S>;
