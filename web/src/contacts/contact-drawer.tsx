import type { ReactNode } from "react";

import type { Contact } from "#contract/shapes/crm.ts";

import { api } from "../api/api.ts";
import { CONTACT_FIELDS } from "../crm/fields.ts";
import { RecordDrawer } from "../crm/record-drawer.tsx";
import { useWorkspaceId } from "../session/workspace.tsx";

interface ContactDrawerProps {
  readonly row: Contact | undefined;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onRemoved?: () => void;
}

export function ContactDrawer({ row, opened, onClose, onRemoved }: ContactDrawerProps): ReactNode {
  const workspaceId = useWorkspaceId();
  const one = { workspaceId, contactId: row?.id ?? "" };
  return (
    <RecordDrawer
      title={row?.name ?? "New contact"}
      fields={CONTACT_FIELDS}
      row={row === undefined ? undefined : { ...row, companyName: row.company?.name ?? null }}
      opened={opened}
      onClose={onClose}
      save={(changes) => {
        const body = bodyOf(changes);
        return row === undefined
          ? api.createContact({ params: { workspaceId }, body })
          : api.updateContact({ params: one, body: { ...body, version: row.version } });
      }}
      remove={async () => {
        await api.deleteContact({ params: one });
        onRemoved?.();
      }}
    />
  );
}

/** A company that is taken away is the contact's without one. */
function bodyOf(changes: Readonly<Record<string, unknown>>): Record<string, never> {
  const { companyName, ...rest } = changes;
  if (companyName === undefined) return rest as Record<string, never>;
  return {
    ...rest,
    ...(companyName === null ? { companyId: null } : { companyName }),
  } as unknown as Record<string, never>;
}
