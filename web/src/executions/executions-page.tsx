import { Button } from "@mantine/core";
import { IconBug } from "@tabler/icons-react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { PageHead } from "../parts/page-head.tsx";
import { useWorkspaceId } from "../session/workspace.tsx";
import { ExecutionList } from "./execution-list.tsx";

const FROM = "/w/$workspaceId/executions";

export function ExecutionsPage(): ReactNode {
  const filter = useSearch({ from: FROM });
  const navigate = useNavigate({ from: FROM });
  return (
    <>
      <PageHead title="Executions" actions={<ToErrors />}>
        What happened, of every kind, and what happens now
      </PageHead>
      <ExecutionList
        filter={filter}
        onFilter={(next) => void navigate({ search: next, replace: true })}
      />
    </>
  );
}

function ToErrors(): ReactNode {
  const workspaceId = useWorkspaceId();
  return (
    <Button
      variant="default"
      leftSection={<IconBug size={15} aria-hidden />}
      renderRoot={(props: object) => (
        <Link {...props} to="/w/$workspaceId/errors" params={{ workspaceId }} />
      )}
    >
      Errors
    </Button>
  );
}
