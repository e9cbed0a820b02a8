import { queryOptions } from "@tanstack/react-query";

import { api } from "../api/api.ts";
import { listOptions } from "../api/lists.ts";

interface Found {
  readonly search?: string | undefined;
  readonly tag?: string | undefined;
}

const pageOf = (cursor: string | undefined) => ({
  limit: 50,
  ...(cursor === undefined ? {} : { cursor }),
});

export const contactsQuery = (workspaceId: string, found: Found = {}) =>
  listOptions(["contacts", workspaceId, found], (cursor, signal) =>
    api.listContacts(
      { params: { workspaceId }, query: { ...pageOf(cursor), ...found } },
      { signal },
    ),
  );

export const contactQuery = (workspaceId: string, contactId: string) =>
  queryOptions({
    queryKey: ["contact", workspaceId, contactId],
    queryFn: ({ signal }) => api.getContact({ params: { workspaceId, contactId } }, { signal }),
  });

export const activitiesQuery = (workspaceId: string, contactId: string) =>
  listOptions(["activities", workspaceId, contactId], (cursor, signal) =>
    api.listContactActivities(
      { params: { workspaceId, contactId }, query: pageOf(cursor) },
      { signal },
    ),
  );

export const tagsQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: ["tags", workspaceId],
    queryFn: ({ signal }) => api.listTags({ params: { workspaceId } }, { signal }),
  });

/** The names of the workspace's own fields of contacts. */
export const contactFieldsQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: ["customFields", workspaceId],
    queryFn: ({ signal }) => api.listCustomFields({ params: { workspaceId } }, { signal }),
    select: ({ items }) =>
      items.filter(({ entity }) => entity === "contact").map(({ name }) => name),
  });
