import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { PageHead } from "../parts/page-head.tsx";
import { ExecutionList } from "./execution-list.tsx";

const FROM = "/w/$workspaceId/executions";

export function ExecutionsPage(): ReactNode {
  const filter = useSearch({ from: FROM });
  const navigate = useNavigate({ from: FROM });
  return (
    <>
      <PageHead title="Executions">What happened, of every kind, and what happens now</PageHead>
      <ExecutionList
        filter={filter}
        onFilter={(next) => void navigate({ search: next, replace: true })}
      />
    </>
  );
}
