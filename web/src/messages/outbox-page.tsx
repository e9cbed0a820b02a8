import { Stack } from "@mantine/core";
import type { ReactNode } from "react";

import { useListKeys } from "../keys/use-list-keys.ts";
import { PageHead } from "../parts/page-head.tsx";
import { usePermission } from "../session/workspace.tsx";
import { OutboxList } from "./outbox-list.tsx";
import { SandboxPanel } from "./sandbox-panel.tsx";

export function OutboxPage(): ReactNode {
  const permission = usePermission("payloads:read");
  useListKeys();
  return (
    <>
      <PageHead title="Outbox">What the sandbox “sent”: no mail left this machine</PageHead>
      <Stack gap="lg">
        <SandboxPanel />
        {permission.allowed ? <OutboxList /> : <p className="quiet">{permission.reason}</p>}
      </Stack>
    </>
  );
}
