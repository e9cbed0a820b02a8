import { createContext, type ReactNode, useContext, useMemo } from "react";

import type { WorkspaceRight } from "#contract/rights.ts";
import type { Me, Workspace } from "#contract/shapes/workspaces.ts";

import { type Permission, permissionFor } from "./permission.ts";

interface Here {
  readonly me: Me;
  readonly workspace: Workspace;
}

const HereContext = createContext<Here | undefined>(undefined);

interface WorkspaceProviderProps extends Here {
  readonly children: ReactNode;
}

export function WorkspaceProvider({ me, workspace, children }: WorkspaceProviderProps): ReactNode {
  const here = useMemo(() => ({ me, workspace }), [me, workspace]);
  return <HereContext value={here}>{children}</HereContext>;
}

/** Who is looking, and at which workspace. */
export function useHere(): Here {
  const here = useContext(HereContext);
  if (here === undefined) throw new Error("This is shown outside a workspace");
  return here;
}

export function useWorkspaceId(): string {
  return useHere().workspace.id;
}

export function usePermission(right: WorkspaceRight): Permission {
  return permissionFor(useHere().workspace.role, right);
}
