import { immutable, text } from "../schema/vocabulary.ts";

/** A store's name, in its declaration and in what refers to it. */
export const storeName = (description: string) =>
  text(description, {
    minLength: 1,
    maxLength: 63,
    form: {
      pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
      message: "must be lower-case letters, digits and -, such as projects",
    },
  });

export const ownStoreName = storeName("Name of the store on the server; it is also the name of its directory.");

/** Of what a store can never be given later: its files would stay where they are. */
export const otherStore = immutable("declare a store of another name");
