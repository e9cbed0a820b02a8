import { Fault } from "#domain/fault.ts";

import type { StepName } from "./program.ts";

/** A step's name as the ledger knows it: its parts joined by `/`. @throws Fault `bad_request` */
export function pathOf(name: StepName): string {
  const path = typeof name === "string" ? name : name.join("/");
  if (path === "" || path.length > 200) {
    throw new Fault(
      "bad_request",
      `A step's name has 1 to 200 characters; this one has ${path.length}.`,
    );
  }
  return path;
}
