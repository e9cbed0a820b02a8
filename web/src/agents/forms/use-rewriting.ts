import { useMutation, useQueryClient } from "@tanstack/react-query";

import { ProblemError } from "#contract/client.ts";
import type { Plan } from "#domain/plan.ts";

import { useWorkspaceId } from "../../session/workspace.tsx";
import { applyEdit, type Edit } from "../edits.ts";
import { type ParseSettings, parseQuery } from "../queries.ts";
import { isSamePlan, type Wanted } from "./rewrite.ts";

export class NoPlace extends Error {
  readonly words: string;

  constructor(words: string) {
    super("The words cannot be found back");
    this.words = words;
  }
}

/** Writes a form's change into the text: the first way that is read as the plan that is wanted. @throws NoPlace */
export function useRewriting(text: string, settings: ParseSettings) {
  const workspaceId = useWorkspaceId();
  const client = useQueryClient();
  const becomes = async (instructions: string, plan: Plan): Promise<boolean> => {
    try {
      const parsed = await client.fetchQuery(
        parseQuery(workspaceId, { ...settings, instructions }),
      );
      return isSamePlan(parsed.plan, plan);
    } catch (error) {
      if (error instanceof ProblemError && error.problem.error !== undefined) return false;
      throw error;
    }
  };
  return useMutation({
    mutationFn: async ({ plan, ways, words }: Wanted): Promise<Edit> => {
      for (const edit of ways) {
        // One way after the other: the first that fits is taken, most often the very first.
        if (await becomes(applyEdit(text, edit), plan)) return edit;
      }
      throw new NoPlace(words);
    },
  });
}
