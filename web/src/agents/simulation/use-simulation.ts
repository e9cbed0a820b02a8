import { useMutation } from "@tanstack/react-query";
import { useRef } from "react";

import type { Simulation } from "#contract/shapes/simulations.ts";

import { api } from "../../api/api.ts";
import { useWorkspaceId } from "../../session/workspace.tsx";

type Body = NonNullable<Parameters<typeof api.simulateAgent>[0]["body"]>;

/** What is simulated: an agent as it was saved, or words that are not. */
export interface Simulated {
  readonly agentId?: string | undefined;
  readonly instructions?: string | undefined;
}

/** Simulates on demand; a new one, and leaving, cancels the one before. */
export function useSimulation({ agentId, instructions }: Simulated) {
  const workspaceId = useWorkspaceId();
  const running = useRef<AbortController>(undefined);
  const cancel = (): void => running.current?.abort();
  const ask = useMutation({
    mutationFn: (contactIds?: readonly string[]): Promise<Simulation> => {
      cancel();
      running.current = new AbortController();
      const { signal } = running.current;
      const body: Body = {
        ...(instructions === undefined ? {} : { instructions }),
        ...(contactIds === undefined ? {} : { contactIds: [...contactIds] }),
      };
      return agentId === undefined
        ? api.simulate({ params: { workspaceId }, body }, { signal })
        : api.simulateAgent({ params: { workspaceId, agentId }, body }, { signal });
    },
  });
  return { ask, cancel };
}
