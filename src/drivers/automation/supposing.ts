/** What a simulation takes to be otherwise than it is; all else of it is as in any run. */
import type { Subject } from "#crm/look.ts";
import type { Look } from "#domain/conditions.ts";

import type { Selection } from "./select.ts";

export interface Supposing {
  /** Those of whom were found that the run goes on with. */
  readonly enough: (found: Selection) => Selection;
  /** Whether somebody has reacted to what was sent; undefined: what is known of them stands. */
  readonly reaction: (contactId: string) => boolean | undefined;
}

/** What people do when they are written to. */
const REACTIONS: ReadonlySet<string> = new Set(["replied", "openedemail"]);

/** In whatever way the field is written: `replied`, `contact.openedEmail`, `contact.opened_email`. */
export function isReaction(field: string): boolean {
  const name = field.toLowerCase().replaceAll("_", "");
  return REACTIONS.has(name.replace(/^contact\./, ""));
}

export function lookSupposing(
  look: Look,
  subject: Subject | null,
  supposing: Supposing | undefined,
): Look {
  const contact = subject?.rows.contact;
  if (supposing === undefined || contact === undefined) return look;
  return (field) => {
    const value = isReaction(field) ? supposing.reaction(contact.id) : undefined;
    return value === undefined ? look(field) : { known: true, value, type: "flag" };
  };
}
