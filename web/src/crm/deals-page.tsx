import { IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";

import type { Deal } from "#contract/shapes/crm.ts";

import { api } from "../api/api.ts";
import { useListKeys } from "../keys/use-list-keys.ts";
import { ActButton } from "../parts/act-button.tsx";
import { Empty } from "../parts/empty.tsx";
import { type Column, ListView } from "../parts/list-view.tsx";
import { PageHead } from "../parts/page-head.tsx";
import { usePermission, useWorkspaceId } from "../session/workspace.tsx";
import { phraseDay } from "../time/phrases.ts";
import { phraseAmount } from "./amounts.ts";
import { DEAL_FIELDS } from "./fields.ts";
import { dealsQuery } from "./queries.ts";
import { RecordDrawer } from "./record-drawer.tsx";
import { RecordName } from "./record-name.tsx";
import { SearchBox } from "./search-box.tsx";
import { TagSelect } from "./tag-select.tsx";
import { type OpenRecord, useRecord } from "./use-record.ts";

const FROM = "/w/$workspaceId/deals";

export function DealsPage(): ReactNode {
  const workspaceId = useWorkspaceId();
  const found = useSearch({ from: FROM });
  const navigate = useNavigate({ from: FROM });
  const list = useInfiniteQuery(dealsQuery(workspaceId, found));
  const record = useRecord<Deal>();
  useListKeys();
  const add = (
    <ActButton
      permission={usePermission("crm:write")}
      leftSection={<IconPlus size={15} aria-hidden />}
      onClick={record.create}
    >
      New deal
    </ActButton>
  );
  return (
    <>
      <PageHead title="Deals" actions={add}>
        What is being sold, and how far it is
      </PageHead>
      <div className="filters">
        <SearchBox
          label="Find a deal"
          value={found.search}
          onSearch={(search) =>
            void navigate({ search: (old) => ({ ...old, search }), replace: true })
          }
        />
        <TagSelect
          of="deals"
          value={found.tag}
          onChange={(tag) => void navigate({ search: (old) => ({ ...old, tag }) })}
        />
      </div>
      <ListView
        label="Deals"
        list={list}
        columns={columnsFor(record)}
        keyOf={({ id }) => id}
        empty={
          <Empty
            title={Object.keys(found).length === 0 ? "No deals yet" : "No deal matches"}
            action={add}
          >
            Agents can look for deals by stage and value, and act on their contacts.
          </Empty>
        }
      />
      <DealDrawer record={record} />
    </>
  );
}

function columnsFor({ edit }: OpenRecord<Deal>): readonly Column<Deal>[] {
  return [
    {
      key: "name",
      head: "Deal",
      cell: (deal) => <RecordName name={deal.name} onOpen={() => edit(deal)} />,
    },
    { key: "stage", head: "Stage", cell: ({ stage }) => stage ?? "–" },
    {
      key: "value",
      head: "Value",
      align: "right",
      cell: ({ value, currency }) => phraseAmount(value, currency),
    },
    { key: "company", head: "Company", wide: true, cell: ({ company }) => company?.name ?? "–" },
    { key: "contact", head: "Contact", wide: true, cell: ({ contact }) => contact?.name ?? "–" },
    {
      key: "close",
      head: "Expected",
      wide: true,
      cell: ({ closeDate }) => (closeDate === null ? "–" : phraseDay(closeDate)),
    },
  ];
}

function DealDrawer({ record: { open, close } }: { readonly record: OpenRecord<Deal> }): ReactNode {
  const workspaceId = useWorkspaceId();
  const row = open?.row;
  const one = { workspaceId, dealId: row?.id ?? "" };
  return (
    <RecordDrawer
      title={row?.name ?? "New deal"}
      fields={DEAL_FIELDS}
      row={row}
      opened={open !== undefined}
      onClose={close}
      save={(changes) =>
        row === undefined
          ? api.createDeal({ params: { workspaceId }, body: changes as { name: string } })
          : api.updateDeal({ params: one, body: { ...changes, version: row.version } })
      }
      remove={() => api.deleteDeal({ params: one })}
    />
  );
}
