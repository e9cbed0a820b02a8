import type { ReactNode } from "react";

import type { Execution } from "#contract/shapes/executions.ts";

import { OutboxList } from "../messages/outbox-list.tsx";
import { usePermission } from "../session/workspace.tsx";

export function MessagesTab({ execution }: { readonly execution: Execution }): ReactNode {
  const permission = usePermission("payloads:read");
  if (!permission.allowed) return <p className="quiet">{permission.reason}</p>;
  return <OutboxList executionId={execution.id} />;
}
