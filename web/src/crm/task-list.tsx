import { Checkbox } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

import type { CrmTask } from "#contract/shapes/crm.ts";

import { api } from "../api/api.ts";
import { Empty } from "../parts/empty.tsx";
import { type Column, ListView } from "../parts/list-view.tsx";
import { When } from "../parts/when.tsx";
import { usePermission, useWorkspaceId } from "../session/workspace.tsx";
import { TASK_FIELDS } from "./fields.ts";
import { tasksQuery } from "./queries.ts";
import { RecordDrawer } from "./record-drawer.tsx";
import { RecordName } from "./record-name.tsx";
import type { OpenRecord } from "./use-record.ts";

interface TaskListProps {
  readonly filter: { readonly status?: "open" | "done"; readonly contactId?: string };
  readonly record: OpenRecord<CrmTask>;
  /** Where there is little room: what, and until when. */
  readonly short?: boolean;
}

const SHORT: ReadonlySet<string> = new Set(["done", "title", "due"]);

export function TaskList({ filter, record, short = false }: TaskListProps): ReactNode {
  const workspaceId = useWorkspaceId();
  const list = useInfiniteQuery(tasksQuery(workspaceId, filter));
  return (
    <>
      <ListView
        label="Tasks"
        list={list}
        columns={columnsFor(record).filter(({ key }) => !short || SHORT.has(key))}
        keyOf={({ id }) => id}
        empty={
          <Empty title={filter.status === "open" ? "Nothing is to be done" : "No tasks"}>
            Agents create tasks where a person should do something; people can, too.
          </Empty>
        }
      />
      <TaskDrawer record={record} contactId={filter.contactId} />
    </>
  );
}

function columnsFor({ edit }: OpenRecord<CrmTask>): readonly Column<CrmTask>[] {
  return [
    { key: "done", head: "Done", width: "4rem", cell: (task) => <Done task={task} /> },
    {
      key: "title",
      head: "Task",
      cell: (task) => <RecordName name={task.title} onOpen={() => edit(task)} />,
    },
    { key: "about", head: "About", wide: true, cell: (task) => <About task={task} /> },
    {
      key: "for",
      head: "For",
      wide: true,
      width: "10rem",
      cell: ({ assignedTo }) => assignedTo?.name ?? "nobody yet",
    },
    {
      key: "due",
      head: "Due",
      width: "7rem",
      cell: ({ dueAt }) => (dueAt === null ? "–" : <When at={dueAt} />),
    },
    {
      key: "by",
      head: "Asked for by",
      wide: true,
      width: "11rem",
      cell: (task) => <AskedBy task={task} />,
    },
  ];
}

function Done({ task }: { readonly task: CrmTask }): ReactNode {
  const workspaceId = useWorkspaceId();
  const client = useQueryClient();
  const permission = usePermission("crm:write");
  const isDone = task.status === "done";
  const toggle = useMutation({
    mutationFn: () =>
      api.updateCrmTask({
        params: { workspaceId, crmTaskId: task.id },
        body: { status: isDone ? "open" : "done", version: task.version },
      }),
    onSettled: () => client.invalidateQueries({ queryKey: ["tasks", workspaceId] }),
  });
  return (
    <Checkbox
      className="above"
      aria-label={`${task.title}: done`}
      checked={toggle.isPending ? !isDone : isDone}
      disabled={!permission.allowed}
      onChange={() => toggle.mutate()}
    />
  );
}

function About({ task: { contact, company, deal } }: { readonly task: CrmTask }): ReactNode {
  const workspaceId = useWorkspaceId();
  if (contact === null) return company?.name ?? deal?.name ?? "–";
  return (
    <Link
      to="/w/$workspaceId/contacts/$contactId"
      params={{ workspaceId, contactId: contact.id }}
      className="above"
    >
      {contact.name}
    </Link>
  );
}

function AskedBy({ task: { createdBy, executionId } }: { readonly task: CrmTask }): ReactNode {
  const workspaceId = useWorkspaceId();
  if (executionId === null) return createdBy.name;
  return (
    <Link
      to="/w/$workspaceId/executions/$executionId"
      params={{ workspaceId, executionId }}
      className="above"
    >
      {createdBy.name}
    </Link>
  );
}

interface TaskDrawerProps {
  readonly record: OpenRecord<CrmTask>;
  readonly contactId: string | undefined;
}

function TaskDrawer({ record: { open, close }, contactId }: TaskDrawerProps): ReactNode {
  const workspaceId = useWorkspaceId();
  const row = open?.row;
  const one = { workspaceId, crmTaskId: row?.id ?? "" };
  const about = contactId === undefined ? {} : { contactId };
  return (
    <RecordDrawer
      title={row === undefined ? "New task" : "Task"}
      fields={row === undefined ? TASK_FIELDS.filter(({ name }) => name !== "status") : TASK_FIELDS}
      row={row === undefined ? undefined : { ...row, assignedTo: row.assignedTo?.userId ?? null }}
      opened={open !== undefined}
      onClose={close}
      save={(changes) =>
        row === undefined
          ? api.createCrmTask({
              params: { workspaceId },
              body: { ...(changes as { title: string }), ...about },
            })
          : api.updateCrmTask({ params: one, body: { ...changes, version: row.version } })
      }
      remove={() => api.deleteCrmTask({ params: one })}
    />
  );
}
