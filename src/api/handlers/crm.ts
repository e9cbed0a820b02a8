import type { crmRoutes } from "#contract/routes/crm.ts";
import type { Company, CustomField as ShownField, Deal } from "#contract/shapes/crm.ts";
import { companies } from "#crm/companies.ts";
import { customFields } from "#crm/custom-fields.ts";
import { type DealPageQuery, deals } from "#crm/deals.ts";
import type { CustomField } from "#crm/fields.ts";
import type { EntityPageQuery } from "#crm/pages.ts";
import { tags } from "#crm/tags.ts";
import type { Id } from "#domain/id.ts";

import type { HandlersOf } from "../handler.ts";
import type { Services } from "../services.ts";
import { showTime } from "../times.ts";
import { changeBy, entityActs } from "./entities.ts";

type CompanyArea =
  | "listCompanies"
  | "createCompany"
  | "getCompany"
  | "updateCompany"
  | "deleteCompany";
type DealArea = "listDeals" | "createDeal" | "getDeal" | "updateDeal" | "deleteDeal";
type LabelArea =
  | "listTags"
  | "listCustomFields"
  | "createCustomField"
  | "updateCustomField"
  | "deleteCustomField";

export function companyHandlers(
  services: Services,
): HandlersOf<Pick<typeof crmRoutes, CompanyArea>> {
  const kept = companies(services.store);
  const acts = entityActs<"company", EntityPageQuery, Company>(services, "company", kept);
  return {
    listCompanies: ({ entered, query }) => acts.list(entered, query),
    createCompany: ({ entered, body }) => acts.create(entered, body),
    getCompany: ({ entered, params }) => acts.get(entered, params.companyId),
    updateCompany: ({ entered, params, body }) => acts.update(entered, params.companyId, body),
    deleteCompany: ({ entered, params }) => acts.remove(entered, params.companyId),
  };
}

export function dealHandlers(services: Services): HandlersOf<Pick<typeof crmRoutes, DealArea>> {
  const acts = entityActs<"deal", DealPageQuery, Deal>(services, "deal", deals(services.store));
  return {
    listDeals: ({ entered, query }) => acts.list(entered, query),
    createDeal: ({ entered, body }) => acts.create(entered, body),
    getDeal: ({ entered, params }) => acts.get(entered, params.dealId),
    updateDeal: ({ entered, params, body }) => acts.update(entered, params.dealId, body),
    deleteDeal: ({ entered, params }) => acts.remove(entered, params.dealId),
  };
}

export function labelHandlers(services: Services): HandlersOf<Pick<typeof crmRoutes, LabelArea>> {
  const { store } = services;
  const fields = customFields(store);
  return {
    listTags: async ({ entered }) => {
      const items = await tags(store).counts(entered.workspace.no);
      return { items: [...items], nextCursor: null };
    },
    listCustomFields: async ({ entered }) => {
      const all = await fields.all(entered.workspace.no);
      return { items: all.map(showField), nextCursor: null };
    },
    createCustomField: async ({ entered, body }) => {
      const { id, writes } = await fields.define(changeBy(services, entered), body);
      await store.write(writes);
      return showField(await fields.get(entered.workspace.no, id));
    },
    updateCustomField: async ({ entered, params, body }) => {
      const field = await fields.get(entered.workspace.no, params.customFieldId);
      await store.write(fields.changeOptions(field, body.options, changeBy(services, entered)));
      return showField({ ...field, options: body.options });
    },
    deleteCustomField: async ({ entered, params }) => {
      const field = await fields.get(entered.workspace.no, params.customFieldId);
      await store.write(fields.remove(field, changeBy(services, entered)));
    },
  };
}

function showField({ id, entity, name, type, options, createdAt }: CustomField): ShownField {
  return {
    id: id as Id<"fld">,
    entity,
    name,
    type,
    options: [...options],
    createdAt: showTime(createdAt),
  };
}
