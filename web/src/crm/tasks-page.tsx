import { SegmentedControl } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";

import type { CrmTask } from "#contract/shapes/crm.ts";

import { useListKeys } from "../keys/use-list-keys.ts";
import { ActButton } from "../parts/act-button.tsx";
import { PageHead } from "../parts/page-head.tsx";
import { usePermission } from "../session/workspace.tsx";
import { TaskList } from "./task-list.tsx";
import { useRecord } from "./use-record.ts";

const FROM = "/w/$workspaceId/tasks";

export function TasksPage(): ReactNode {
  const { status } = useSearch({ from: FROM });
  const navigate = useNavigate({ from: FROM });
  const record = useRecord<CrmTask>();
  useListKeys();
  const shown = status === "done" || status === "all" ? status : "open";
  return (
    <>
      <PageHead
        title="Tasks"
        actions={
          <ActButton
            permission={usePermission("crm:write")}
            leftSection={<IconPlus size={15} aria-hidden />}
            onClick={record.create}
          >
            New task
          </ActButton>
        }
      >
        What people must do, whoever asked for it
      </PageHead>
      <div className="filters">
        <SegmentedControl
          aria-label="Status"
          size="xs"
          data={[
            { value: "open", label: "Open" },
            { value: "done", label: "Done" },
            { value: "all", label: "All" },
          ]}
          value={shown}
          onChange={(next) => void navigate({ search: next === "open" ? {} : { status: next } })}
        />
      </div>
      <TaskList filter={shown === "all" ? {} : { status: shown }} record={record} />
    </>
  );
}
