import { Button, Skeleton, Stack, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";

import type { Activity, Contact, CrmTask } from "#contract/shapes/crm.ts";

import { rowsOf } from "../api/lists.ts";
import { problemOf } from "../api/problems.ts";
import { Tags } from "../crm/tags.tsx";
import { TaskList } from "../crm/task-list.tsx";
import { useRecord } from "../crm/use-record.ts";
import { ActButton } from "../parts/act-button.tsx";
import { PageHead } from "../parts/page-head.tsx";
import { ProblemBox } from "../parts/problem-box.tsx";
import { When } from "../parts/when.tsx";
import { usePermission, useWorkspaceId } from "../session/workspace.tsx";
import { NotHere } from "../shell/not-here.tsx";
import { ContactDrawer } from "./contact-drawer.tsx";
import { activitiesQuery, contactQuery } from "./queries.ts";
import { sheetOf } from "./sheet.ts";

export function ContactPage(): ReactNode {
  const workspaceId = useWorkspaceId();
  const { contactId } = useParams({ from: "/w/$workspaceId/contacts/$contactId" });
  const contact = useQuery(contactQuery(workspaceId, contactId));
  if (contact.isError && problemOf(contact.error).status === 404) return <NotHere what="contact" />;
  if (contact.isError) return <ProblemBox problem={problemOf(contact.error)} />;
  if (contact.data === undefined) return <Skeleton height={320} radius="md" />;
  return <OpenContact contact={contact.data} />;
}

function OpenContact({ contact }: { readonly contact: Contact }): ReactNode {
  const workspaceId = useWorkspaceId();
  const [isEditing, edit] = useDisclosure();
  const navigate = useNavigate();
  const toList = (): void =>
    void navigate({ to: "/w/$workspaceId/contacts", params: { workspaceId } });
  return (
    <>
      <PageHead
        title={contact.name}
        actions={
          <ActButton variant="default" permission={usePermission("crm:write")} onClick={edit.open}>
            Edit
          </ActButton>
        }
      >
        {[contact.title, contact.company?.name].filter(Boolean).join(", ") || "Contact"}
      </PageHead>
      <div className="columns">
        <Timeline contactId={contact.id} />
        <Stack gap="lg">
          <section className="panel panel-pad" aria-label="About">
            <Sheet contact={contact} />
          </section>
          <Tasks contactId={contact.id} />
        </Stack>
      </div>
      <ContactDrawer row={contact} opened={isEditing} onClose={edit.close} onRemoved={toList} />
    </>
  );
}

function Sheet({ contact }: { readonly contact: Contact }): ReactNode {
  return (
    <dl className="sheet">
      {sheetOf(contact).map(([name, text]) => (
        <div key={name} style={{ display: "contents" }}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
      <dt>Tags</dt>
      <dd>{contact.tags.length === 0 ? "–" : <Tags tags={contact.tags} />}</dd>
      <dt>Last contacted</dt>
      <dd>{contact.lastContactedAt === null ? "never" : <When at={contact.lastContactedAt} />}</dd>
    </dl>
  );
}

function Timeline({ contactId }: { readonly contactId: string }): ReactNode {
  const list = useInfiniteQuery(activitiesQuery(useWorkspaceId(), contactId));
  const rows = rowsOf(list.data);
  return (
    <section aria-label="Timeline">
      <Title order={2} mb="xs">
        What people and agents did
      </Title>
      {list.isError ? <ProblemBox problem={problemOf(list.error)} /> : null}
      {list.isPending ? <Skeleton height={120} /> : null}
      {list.isSuccess && rows.length === 0 ? (
        <p className="quiet">Nothing yet. Emails, tasks, tags and changes appear here.</p>
      ) : null}
      <ol className="timeline">
        {rows.map((activity) => (
          <Doing key={activity.id} activity={activity} />
        ))}
      </ol>
      {list.hasNextPage ? (
        <Button
          size="xs"
          variant="default"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          Load more
        </Button>
      ) : null}
    </section>
  );
}

function Doing({
  activity: { text, by, at, executionId },
}: {
  readonly activity: Activity;
}): ReactNode {
  const workspaceId = useWorkspaceId();
  return (
    <li>
      <div className="wrap-anywhere">{text}</div>
      <div className="quiet">
        {executionId === null ? (
          by.name
        ) : (
          <Link to="/w/$workspaceId/executions/$executionId" params={{ workspaceId, executionId }}>
            {by.name}
          </Link>
        )}{" "}
        · <When at={at} />
      </div>
    </li>
  );
}

function Tasks({ contactId }: { readonly contactId: string }): ReactNode {
  const record = useRecord<CrmTask>();
  return (
    <section aria-label="Tasks">
      <div className="pane-head">
        <Title order={2}>Tasks</Title>
        <ActButton
          size="compact-sm"
          variant="default"
          permission={usePermission("crm:write")}
          onClick={record.create}
        >
          New task
        </ActButton>
      </div>
      <TaskList short filter={{ contactId }} record={record} />
    </section>
  );
}
