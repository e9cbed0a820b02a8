import { IconFileImport, IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";

import type { Contact } from "#contract/shapes/crm.ts";

import { SearchBox } from "../crm/search-box.tsx";
import { TagSelect } from "../crm/tag-select.tsx";
import { Tags } from "../crm/tags.tsx";
import { useRecord } from "../crm/use-record.ts";
import { useListKeys } from "../keys/use-list-keys.ts";
import { ActButton } from "../parts/act-button.tsx";
import { Empty } from "../parts/empty.tsx";
import { type Column, ListView } from "../parts/list-view.tsx";
import { PageHead } from "../parts/page-head.tsx";
import { When } from "../parts/when.tsx";
import { usePermission, useWorkspaceId } from "../session/workspace.tsx";
import { ContactDrawer } from "./contact-drawer.tsx";
import { contactsQuery } from "./queries.ts";

const FROM = "/w/$workspaceId/contacts";

export function ContactsPage(): ReactNode {
  const workspaceId = useWorkspaceId();
  const found = useSearch({ from: FROM });
  const navigate = useNavigate({ from: FROM });
  const list = useInfiniteQuery(contactsQuery(workspaceId, found));
  const record = useRecord<Contact>();
  const permission = usePermission("crm:write");
  useListKeys();
  return (
    <>
      <PageHead
        title="Contacts"
        actions={
          <>
            <ImportButton />
            <ActButton
              permission={permission}
              leftSection={<IconPlus size={15} aria-hidden />}
              onClick={record.create}
            >
              New contact
            </ActButton>
          </>
        }
      >
        Whom agents work with
      </PageHead>
      <div className="filters">
        <SearchBox
          label="Name or email"
          value={found.search}
          onSearch={(search) =>
            void navigate({ search: (old) => ({ ...old, search }), replace: true })
          }
        />
        <TagSelect
          of="contacts"
          value={found.tag}
          onChange={(tag) => void navigate({ search: (old) => ({ ...old, tag }) })}
        />
      </div>
      <ListView
        label="Contacts"
        list={list}
        columns={columnsFor(workspaceId)}
        keyOf={({ id }) => id}
        empty={
          <Empty
            title={Object.keys(found).length === 0 ? "Nobody is here yet" : "No contact matches"}
            action={<ImportButton />}
          >
            Bring your own contacts: drop a CSV file with a header line, and look at what it becomes
            before anything is written.
          </Empty>
        }
      />
      <ContactDrawer opened={record.open !== undefined} row={undefined} onClose={record.close} />
    </>
  );
}

function ImportButton(): ReactNode {
  const workspaceId = useWorkspaceId();
  const navigate = useNavigate();
  return (
    <ActButton
      variant="default"
      permission={usePermission("crm:write")}
      leftSection={<IconFileImport size={15} aria-hidden />}
      onClick={() =>
        void navigate({ to: "/w/$workspaceId/contacts/import", params: { workspaceId } })
      }
    >
      Import CSV
    </ActButton>
  );
}

function columnsFor(workspaceId: string): readonly Column<Contact>[] {
  return [
    {
      key: "name",
      head: "Name",
      cell: ({ id, name, email, optedOut }) => (
        <>
          <Link
            to="/w/$workspaceId/contacts/$contactId"
            params={{ workspaceId, contactId: id }}
            className="row-link"
          >
            {name}
          </Link>
          {optedOut ? (
            <span className="chip" data-tone="orange" style={{ marginLeft: 8 }}>
              opted out
            </span>
          ) : null}
          <div className="quiet">{email ?? "no email"}</div>
        </>
      ),
    },
    {
      key: "company",
      head: "Company",
      wide: true,
      cell: ({ company, title }) =>
        [title, company?.name].filter((text) => text !== null && text !== undefined).join(", ") ||
        "–",
    },
    { key: "status", head: "Status", width: "8rem", cell: ({ status }) => status ?? "–" },
    { key: "tags", head: "Tags", wide: true, cell: ({ tags }) => <Tags tags={tags} /> },
    {
      key: "last",
      head: "Last contacted",
      wide: true,
      width: "9rem",
      cell: ({ lastContactedAt }) =>
        lastContactedAt === null ? (
          <span className="quiet">never</span>
        ) : (
          <When at={lastContactedAt} />
        ),
    },
  ];
}
