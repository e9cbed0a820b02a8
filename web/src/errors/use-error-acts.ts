import { useMutation, useQueryClient } from "@tanstack/react-query";

import type { ErrorGroup } from "#contract/shapes/error-groups.ts";

import { api } from "../api/api.ts";
import { useKeys } from "../keys/use-keys.ts";
import { usePermission, useWorkspaceId } from "../session/workspace.tsx";
import { besides } from "./order.ts";
import { ACT_WORDS, ACTS_OF, type AskedOfError, type ErrorAct } from "./words.ts";

const SAY = { resolve: api.resolveErrors, mute: api.muteErrors, reopen: api.reopenErrors } as const;

export interface ErrorActs {
  readonly act: (asked: AskedOfError) => void;
  /** What was asked for last, while it is carried out and after. */
  readonly asked: AskedOfError | undefined;
  readonly isDone: boolean;
  readonly isBusy: (id: string) => boolean;
  readonly error: unknown;
}

/** What is said of errors, by buttons and by keys; who goes by keys goes on at the row beside the one that leaves. */
export function useErrorActs(rows: readonly ErrorGroup[]): ErrorActs {
  const workspaceId = useWorkspaceId();
  const client = useQueryClient();
  const { allowed } = usePermission("executions:act");
  const say = useMutation({
    mutationFn: ({ act, group }: AskedOfError) =>
      SAY[act]({ params: { workspaceId, errorGroupId: group.id } }),
    onSuccess: async (_answer, { group }) => {
      const next = besides(
        rows.map(({ id }) => id),
        group.id,
      );
      const wasInside = rowOf(group.id)?.contains(document.activeElement) === true;
      await client.invalidateQueries({ queryKey: ["errors", workspaceId] });
      if (wasInside && next !== undefined) linkOf(next)?.focus();
    },
  });
  const byKey = (act: ErrorAct) => (): void => {
    const group = rows.find(({ id }) => rowOf(id)?.contains(document.activeElement) === true);
    if (!allowed || say.isPending || group === undefined) return;
    if (ACTS_OF[group.state].includes(act)) say.mutate({ act, group });
  };
  useKeys([
    [ACT_WORDS.resolve.key, byKey("resolve")],
    [ACT_WORDS.mute.key, byKey("mute")],
    [ACT_WORDS.reopen.key, byKey("reopen")],
  ]);
  return {
    act: say.mutate,
    asked: say.variables,
    isDone: say.isSuccess,
    isBusy: (id) => say.isPending && say.variables.group.id === id,
    error: say.error,
  };
}

const linkOf = (id: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`main [data-error="${id}"]`);
const rowOf = (id: string): Element | null | undefined => linkOf(id)?.closest("tr");
