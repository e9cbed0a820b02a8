import type { Entity } from "#domain/catalogue.ts";
import type { Look, Looked } from "#domain/conditions.ts";

import { findField, type Found } from "./field-names.ts";
import { COMPARED_AS, type CustomField } from "./fields.ts";
import { type EntityRow, readField } from "./rows.ts";

/** Names of users by their ids. */
export type People = ReadonlyMap<string, string>;

/** An entity as conditions and texts see it: its own row, and those of its company, contact and deal. */
export interface Subject {
  readonly entity: Entity;
  readonly id: string;
  readonly rows: Readonly<Partial<Record<Entity, EntityRow>>>;
  /** Names of tags, by the id of what carries them. */
  readonly tags: ReadonlyMap<string, readonly string[]>;
  readonly customFields: readonly CustomField[];
}

const NOBODY: People = new Map();

/** What a field of the subject holds. One that stands for what is not there (no company) is known and empty. */
export function lookFor(subject: Subject, people: People = NOBODY): Look {
  return (name): Looked => {
    const found = findField(subject.entity, name, subject.customFields);
    if (found === undefined) return { known: false };
    return { known: true, value: valueOf(subject, found, people), type: COMPARED_AS[found.kind] };
  };
}

type Value = Extract<Looked, { readonly known: true }>["value"];

function valueOf({ rows, tags }: Subject, found: Found, people: People): Value {
  const row = rows[found.entity];
  if (row === undefined) return null;
  if (found.kind === "tags") return tags.get(row.id) ?? [];
  const value = readField(row, found);
  return found.kind === "owner" ? (people.get(String(value)) ?? value) : value;
}
