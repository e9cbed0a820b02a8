import { IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";

import type { Template } from "#contract/shapes/messages.ts";

import { rowsOf } from "../api/lists.ts";
import { RecordName } from "../crm/record-name.tsx";
import { useListKeys } from "../keys/use-list-keys.ts";
import { ActButton } from "../parts/act-button.tsx";
import { Empty } from "../parts/empty.tsx";
import { type Column, ListView } from "../parts/list-view.tsx";
import { PageHead } from "../parts/page-head.tsx";
import { When } from "../parts/when.tsx";
import { usePermission, useWorkspaceId } from "../session/workspace.tsx";
import { templatesQuery } from "./queries.ts";
import { TemplateDrawer } from "./template-drawer.tsx";

const FROM = "/w/$workspaceId/templates";
const NEW = "new";

export function TemplatesPage(): ReactNode {
  const { template: openId } = useSearch({ from: FROM });
  const navigate = useNavigate({ from: FROM });
  const list = useInfiniteQuery(templatesQuery(useWorkspaceId()));
  const open = (template: string | undefined): void => void navigate({ search: { template } });
  useListKeys();
  const add = (
    <ActButton
      permission={usePermission("templates:write")}
      leftSection={<IconPlus size={15} aria-hidden />}
      onClick={() => open(NEW)}
    >
      New template
    </ActButton>
  );
  const row = rowsOf(list.data).find(({ id }) => id === openId);
  return (
    <>
      <PageHead title="Templates" actions={add}>
        What agents write when their instructions name a template
      </PageHead>
      <ListView
        label="Templates"
        list={list}
        columns={columnsFor(open)}
        keyOf={({ id }) => id}
        empty={
          <Empty title="No templates yet" action={add}>
            Write an email once; agents send it by its name: “Send the 'Intro' email”.
          </Empty>
        }
      />
      <TemplateDrawer
        key={row?.version ?? NEW}
        row={row}
        opened={openId === NEW || row !== undefined}
        onClose={() => open(undefined)}
      />
    </>
  );
}

function columnsFor(open: (id: string) => void): readonly Column<Template>[] {
  return [
    {
      key: "name",
      head: "Name",
      cell: ({ id, name }) => <RecordName name={name} onOpen={() => open(id)} />,
    },
    { key: "subject", head: "Subject", cell: ({ subject }) => subject },
    {
      key: "version",
      head: "Version",
      width: "5rem",
      wide: true,
      align: "right",
      cell: ({ version }) => version,
    },
    {
      key: "changed",
      head: "Changed",
      width: "9rem",
      wide: true,
      cell: ({ updatedAt }) => <When at={updatedAt} />,
    },
  ];
}
