import type { Subject } from "#crm/look.ts";
import type { EntityRow } from "#crm/rows.ts";
import type { Entity } from "#domain/catalogue.ts";
import { Fault } from "#domain/fault.ts";

import type { Doing } from "./action.ts";

/** What the action works on. @throws Fault `nothing_to_work_on` */
export function subjectOf({ subject }: Pick<Doing, "subject">): Subject {
  if (subject !== null) return subject;
  throw new Fault("nothing_to_work_on", "There is no contact, company or deal to work on.", {
    suggestion: "Begin the instructions with a search, or run the agent for chosen contacts.",
  });
}

/** The contact, company or deal that goes with the subject. @throws Fault of scope `contact` */
export function rowOf(doing: Pick<Doing, "subject">, entity: Entity): EntityRow {
  const subject = subjectOf(doing);
  const row = subject.rows[entity];
  if (row !== undefined) return row;
  throw new Fault("missing_value", `This ${subject.entity} has no ${entity}.`, {
    scope: "contact",
    happened: "no",
    suggestion: `Link a ${entity} to it.`,
  });
}
