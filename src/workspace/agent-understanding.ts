/** What an agent's instructions became, and who read them. */
import { OFFLINE, type ParserName, type Reading } from "#contract/shapes/reading.ts";
import { Fault } from "#domain/fault.ts";
import type { Parsed, Plan } from "#domain/plan.ts";

import type { Understood } from "./agent.ts";
import type { Entered } from "./workspaces.ts";

/** Turns instructions into a plan, or says why it cannot, and who has read them. */
export type Parse = (
  instructions: string,
  ws: number,
  by?: ParserName,
) => Promise<Parsed & { readonly reading?: Reading }>;

/** @param by who is to read, if not whom the workspace's settings name */
export async function understand(
  { parse }: { readonly parse: Parse },
  { workspace }: Entered,
  instructions: string,
  by: ParserName | undefined,
): Promise<Understood> {
  const { reading = OFFLINE, ...parsed } = await parse(instructions, workspace.no, by);
  if ("plan" in parsed) return { plan: parsed.plan, parseError: null, reading };
  const { message, details } = parsed.error;
  return { plan: null, parseError: { message, details: [...details] }, reading };
}

/** @throws Fault `unparseable` */
export function understoodPlan({ plan, parseError }: Understood): Plan {
  if (parseError === null) return plan;
  const [first] = parseError.details;
  const clause = first === undefined ? "" : ` "${first.text}": ${first.reason}`;
  throw new Fault("unparseable", `${parseError.message}${clause}`, {
    suggestion: first?.suggestion ?? "Rewrite the instructions",
    facts: { error: parseError },
  });
}

export function understoodOf({ plan, parseError, reading }: Understood): Understood {
  return plan === null ? { plan, parseError, reading } : { plan, parseError: null, reading };
}

export const isSameReading = (agent: Understood, read: Understood): boolean =>
  JSON.stringify(withoutRemarks(agent)) === JSON.stringify(withoutRemarks(read));

/** Of the same words they are the same, where they were told at all. */
const withoutRemarks = (understood: Understood): Understood =>
  understoodOf({ ...understood, reading: { ...understood.reading, remarks: [] } });
