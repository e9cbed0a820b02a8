/** What all acts on an execution share. */
import { Fault } from "#domain/fault.ts";
import type { Audit } from "#workspace/audit.ts";
import type { Entered } from "#workspace/workspaces.ts";

export function hasEnded(id: string, state: string, what: string): Fault {
  return new Fault("conflict", `This execution is ${state}: it cannot be ${what}`, {
    facts: { executionId: id },
  });
}

export async function record(
  { audit }: { readonly audit: Audit },
  { workspace, actor }: Entered,
  id: string,
  action: string,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await audit.record(workspace.no, {
    by: actor,
    action,
    target: { type: "execution", id, name: null },
    changes,
  });
}
