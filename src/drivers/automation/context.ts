import type { Entity } from "#domain/catalogue.ts";
import { Fault } from "#domain/fault.ts";

import type { AutomationInput } from "./input.ts";

/** What a caller names to work on, by kind. */
export interface Named {
  readonly contactIds?: readonly string[] | undefined;
  readonly companyIds?: readonly string[] | undefined;
  readonly dealIds?: readonly string[] | undefined;
  readonly form?: Readonly<Record<string, string | number | boolean>> | undefined;
}

const KINDS = { contactIds: "contact", companyIds: "company", dealIds: "deal" } as const;

/** A run works on one kind of entity. @throws Fault `invalid` where several are named */
export function contextOf(named: Named): Pick<AutomationInput, "context" | "form"> {
  const given = (Object.entries(KINDS) as [keyof typeof KINDS, Entity][]).flatMap(
    ([key, entity]) => {
      const ids = named[key] ?? [];
      return ids.length === 0 ? [] : [{ entity, ids: [...new Set(ids)] }];
    },
  );
  if (given.length > 1) {
    throw new Fault(
      "invalid",
      "A run works on contacts, on companies or on deals, not on several kinds at once",
      {
        suggestion: "Start one execution for each kind",
      },
    );
  }
  const [context] = given;
  const form =
    named.form &&
    Object.fromEntries(Object.entries(named.form).map(([key, value]) => [key, String(value)]));
  return { ...(context !== undefined && { context }), ...(form !== undefined && { form }) };
}
