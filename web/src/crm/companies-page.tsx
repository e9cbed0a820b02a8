import { IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";

import type { Company } from "#contract/shapes/crm.ts";

import { api } from "../api/api.ts";
import { useListKeys } from "../keys/use-list-keys.ts";
import { ActButton } from "../parts/act-button.tsx";
import { Empty } from "../parts/empty.tsx";
import { type Column, ListView } from "../parts/list-view.tsx";
import { PageHead } from "../parts/page-head.tsx";
import { usePermission, useWorkspaceId } from "../session/workspace.tsx";
import { COMPANY_FIELDS } from "./fields.ts";
import { companiesQuery } from "./queries.ts";
import { RecordDrawer } from "./record-drawer.tsx";
import { RecordName } from "./record-name.tsx";
import { SearchBox } from "./search-box.tsx";
import { TagSelect } from "./tag-select.tsx";
import { Tags } from "./tags.tsx";
import { type OpenRecord, useRecord } from "./use-record.ts";

const FROM = "/w/$workspaceId/companies";

export function CompaniesPage(): ReactNode {
  const workspaceId = useWorkspaceId();
  const found = useSearch({ from: FROM });
  const navigate = useNavigate({ from: FROM });
  const list = useInfiniteQuery(companiesQuery(workspaceId, found));
  const record = useRecord<Company>();
  useListKeys();
  const add = (
    <ActButton
      permission={usePermission("crm:write")}
      leftSection={<IconPlus size={15} aria-hidden />}
      onClick={record.create}
    >
      New company
    </ActButton>
  );
  return (
    <>
      <PageHead title="Companies" actions={add}>
        Where contacts work
      </PageHead>
      <div className="filters">
        <SearchBox
          label="Find a company"
          value={found.search}
          onSearch={(search) =>
            void navigate({ search: (old) => ({ ...old, search }), replace: true })
          }
        />
        <TagSelect
          of="companies"
          value={found.tag}
          onChange={(tag) => void navigate({ search: (old) => ({ ...old, tag }) })}
        />
      </div>
      <ListView
        label="Companies"
        list={list}
        columns={columnsFor(record)}
        keyOf={({ id }) => id}
        empty={
          <Empty
            title={Object.keys(found).length === 0 ? "No companies yet" : "No company matches"}
            action={add}
          >
            Importing contacts with a company column creates their companies.
          </Empty>
        }
      />
      <CompanyDrawer record={record} />
    </>
  );
}

function columnsFor({ edit }: OpenRecord<Company>): readonly Column<Company>[] {
  return [
    {
      key: "name",
      head: "Name",
      cell: (company) => <RecordName name={company.name} onOpen={() => edit(company)} />,
    },
    { key: "industry", head: "Industry", wide: true, cell: ({ industry }) => industry ?? "–" },
    { key: "city", head: "City", cell: ({ city }) => city ?? "–" },
    {
      key: "employees",
      head: "Employees",
      wide: true,
      align: "right",
      cell: ({ employees }) => employees?.toLocaleString("en-US") ?? "–",
    },
    { key: "contact", head: "Reached by", wide: true, cell: ({ contact }) => contact?.name ?? "–" },
    { key: "tags", head: "Tags", wide: true, cell: ({ tags }) => <Tags tags={tags} /> },
  ];
}

function CompanyDrawer({
  record: { open, close },
}: {
  readonly record: OpenRecord<Company>;
}): ReactNode {
  const workspaceId = useWorkspaceId();
  const row = open?.row;
  const one = { workspaceId, companyId: row?.id ?? "" };
  return (
    <RecordDrawer
      title={row?.name ?? "New company"}
      fields={COMPANY_FIELDS}
      row={row}
      opened={open !== undefined}
      onClose={close}
      save={(changes) =>
        row === undefined
          ? api.createCompany({ params: { workspaceId }, body: changes as { name: string } })
          : api.updateCompany({ params: one, body: { ...changes, version: row.version } })
      }
      remove={() => api.deleteCompany({ params: one })}
    />
  );
}
