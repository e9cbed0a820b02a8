import { Drawer, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";

import type { OutboxMessage } from "#contract/shapes/messages.ts";

import { RecordName } from "../crm/record-name.tsx";
import { Empty } from "../parts/empty.tsx";
import { type Column, ListView } from "../parts/list-view.tsx";
import { When } from "../parts/when.tsx";
import { useWorkspaceId } from "../session/workspace.tsx";
import { outboxQuery } from "./queries.ts";

/** Every message, or one execution's. */
export function OutboxList({ executionId }: { readonly executionId?: string }): ReactNode {
  const workspaceId = useWorkspaceId();
  const list = useInfiniteQuery(outboxQuery(workspaceId, executionId));
  const [open, setOpen] = useState<OutboxMessage>();
  return (
    <>
      <ListView
        label="Messages"
        list={list}
        columns={columnsFor(workspaceId, setOpen, executionId === undefined)}
        keyOf={({ id }) => id}
        empty={
          <Empty title="Nothing was sent">
            Run an agent that sends an email: what it would have sent appears here, word for word.
          </Empty>
        }
      />
      <Drawer
        opened={open !== undefined}
        onClose={() => setOpen(undefined)}
        size="lg"
        title={<Text fw={600}>{open?.subject}</Text>}
      >
        {open === undefined ? null : <Letter message={open} />}
      </Drawer>
    </>
  );
}

function columnsFor(
  workspaceId: string,
  onOpen: (message: OutboxMessage) => void,
  hasExecutions: boolean,
): readonly Column<OutboxMessage>[] {
  const shown: readonly Column<OutboxMessage>[] = [
    { key: "to", head: "To", width: "30%", wide: true, cell: ({ to }) => to },
    {
      key: "subject",
      head: "Subject",
      cell: (message) => (
        <>
          <RecordName name={message.subject} onOpen={() => onOpen(message)} />
          <div className="quiet only-narrow">{message.to}</div>
        </>
      ),
    },
    {
      key: "sent",
      head: "Sent",
      width: "8rem",
      wide: true,
      cell: ({ sentAt }) => <When at={sentAt} />,
    },
  ];
  if (!hasExecutions) return shown;
  return [
    ...shown,
    {
      key: "execution",
      head: "Execution",
      width: "8rem",
      wide: true,
      cell: ({ executionId }) => (
        <FromExecution workspaceId={workspaceId} executionId={executionId} />
      ),
    },
  ];
}

function FromExecution({
  workspaceId,
  executionId,
}: {
  readonly workspaceId: string;
  readonly executionId: string | null;
}): ReactNode {
  if (executionId === null) return "–";
  return (
    <Link
      to="/w/$workspaceId/executions/$executionId"
      params={{ workspaceId, executionId }}
      className="above mono"
    >
      …{executionId.slice(-8)}
    </Link>
  );
}

function Letter({
  message: { to, body, sentAt, contactId, executionId },
}: {
  readonly message: OutboxMessage;
}): ReactNode {
  const workspaceId = useWorkspaceId();
  return (
    <>
      <dl className="sheet">
        <dt>To</dt>
        <dd>
          {contactId === null ? (
            to
          ) : (
            <Link to="/w/$workspaceId/contacts/$contactId" params={{ workspaceId, contactId }}>
              {to}
            </Link>
          )}
        </dd>
        <dt>Sent</dt>
        <dd>
          <When at={sentAt} />
        </dd>
        <dt>Execution</dt>
        <dd>
          <FromExecution workspaceId={workspaceId} executionId={executionId} />
        </dd>
      </dl>
      <div className="letter">{body}</div>
    </>
  );
}
