import type { Value } from "#domain/plan.ts";

import { readDue, readDuration, readNumber } from "./readers/amounts.ts";
import { readField, readKnownField } from "./readers/fields.ts";
import { readLimit } from "./readers/limits.ts";
import { readAddressee, readName, readPerson, readSelf, readUser } from "./readers/people.ts";
import { readTimeOfDay } from "./readers/times.ts";
import {
  readBare,
  readKey,
  readPhrase,
  readList,
  readMemory,
  readQuoted,
  readRest,
  readTags,
  readText,
  readValue,
  readVariable,
} from "./readers/values.ts";
import type { Reader } from "./source.ts";

/** What a pattern may read under which name. */
export interface Readings {
  readonly number: number;
  readonly upper: number;
  readonly duration: string;
  readonly due: string;
  readonly time: number;
  readonly limit: number;
  readonly quoted: string;
  readonly variable: string;
  readonly bare: string;
  /** Words as they stand, to a mark or to what is said of the same mail. */
  readonly phrase: string;
  /** What something is kept under: one word may be any. */
  readonly key: string;
  readonly text: string;
  readonly value: Value;
  readonly list: readonly string[];
  readonly tags: readonly string[];
  readonly person: string;
  /** Somebody who is no contact. */
  readonly addressee: string;
  /** Somebody of the workspace by a variable or an address. */
  readonly user: string;
  /** A key of the memory: "memory.lastRun". */
  readonly memory: string;
  /** The contact that the plan works on, by its name: "@contact.firstName". */
  readonly self: string;
  /** Somebody whose name can be no verb. */
  readonly name: string;
  readonly field: string;
  readonly known: string;
  readonly rest: string;
}

export const READERS: { readonly [Name in keyof Readings]: Reader<Readings[Name]> } = {
  number: readNumber,
  upper: readNumber,
  duration: readDuration,
  due: readDue,
  time: readTimeOfDay,
  limit: readLimit,
  quoted: readQuoted,
  variable: readVariable,
  bare: readBare,
  phrase: readPhrase,
  key: readKey,
  text: readText,
  value: readValue,
  list: readList,
  tags: readTags,
  person: readPerson,
  addressee: readAddressee,
  user: readUser,
  memory: readMemory,
  self: readSelf,
  name: readName,
  field: readField,
  known: readKnownField,
  rest: readRest,
};
