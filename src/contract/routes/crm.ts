/** Companies, deals, tasks, tags and custom fields. */
import { route } from "../route.ts";
import { listOf } from "../shapes/common.ts";
import {
  companyChangeSchema,
  companyListQuerySchema,
  companySchema,
  crmTaskChangeSchema,
  crmTaskListQuerySchema,
  crmTaskSchema,
  customFieldChangeSchema,
  customFieldSchema,
  dealChangeSchema,
  dealListQuerySchema,
  dealSchema,
  newCompanySchema,
  newCrmTaskSchema,
  newCustomFieldSchema,
  newDealSchema,
  tagListSchema,
} from "../shapes/crm.ts";

const WORKSPACE = "/api/workspaces/:workspaceId";
const COMPANIES = `${WORKSPACE}/companies` as const;
const DEALS = `${WORKSPACE}/deals` as const;
const TASKS = `${WORKSPACE}/crm-tasks` as const;
const FIELDS = `${WORKSPACE}/custom-fields` as const;

const companies = {
  listCompanies: route({
    method: "GET",
    path: COMPANIES,
    right: "crm:read",
    summary: "Companies, newest first",
    query: companyListQuerySchema,
    status: 200,
    output: listOf(companySchema),
  }),
  createCompany: route({
    method: "POST",
    path: COMPANIES,
    right: "crm:write",
    summary: "Create a company",
    body: newCompanySchema,
    status: 201,
    output: companySchema,
  }),
  getCompany: route({
    method: "GET",
    path: `${COMPANIES}/:companyId`,
    right: "crm:read",
    summary: "A company",
    status: 200,
    output: companySchema,
  }),
  updateCompany: route({
    method: "PATCH",
    path: `${COMPANIES}/:companyId`,
    right: "crm:write",
    summary: "Change a company",
    body: companyChangeSchema,
    status: 200,
    output: companySchema,
  }),
  deleteCompany: route({
    method: "DELETE",
    path: `${COMPANIES}/:companyId`,
    right: "crm:write",
    summary: "Delete a company; its contacts stay",
    status: 204,
  }),
} as const;

const deals = {
  listDeals: route({
    method: "GET",
    path: DEALS,
    right: "crm:read",
    summary: "Deals, newest first",
    query: dealListQuerySchema,
    status: 200,
    output: listOf(dealSchema),
  }),
  createDeal: route({
    method: "POST",
    path: DEALS,
    right: "crm:write",
    summary: "Create a deal",
    body: newDealSchema,
    status: 201,
    output: dealSchema,
  }),
  getDeal: route({
    method: "GET",
    path: `${DEALS}/:dealId`,
    right: "crm:read",
    summary: "A deal",
    status: 200,
    output: dealSchema,
  }),
  updateDeal: route({
    method: "PATCH",
    path: `${DEALS}/:dealId`,
    right: "crm:write",
    summary: "Change a deal",
    body: dealChangeSchema,
    status: 200,
    output: dealSchema,
  }),
  deleteDeal: route({
    method: "DELETE",
    path: `${DEALS}/:dealId`,
    right: "crm:write",
    summary: "Delete a deal",
    status: 204,
  }),
} as const;

const crmTasks = {
  listCrmTasks: route({
    method: "GET",
    path: TASKS,
    right: "crm:read",
    summary: "Tasks, newest first",
    query: crmTaskListQuerySchema,
    status: 200,
    output: listOf(crmTaskSchema),
  }),
  createCrmTask: route({
    method: "POST",
    path: TASKS,
    right: "crm:write",
    summary: "Create a task",
    body: newCrmTaskSchema,
    status: 201,
    output: crmTaskSchema,
  }),
  getCrmTask: route({
    method: "GET",
    path: `${TASKS}/:crmTaskId`,
    right: "crm:read",
    summary: "A task",
    status: 200,
    output: crmTaskSchema,
  }),
  updateCrmTask: route({
    method: "PATCH",
    path: `${TASKS}/:crmTaskId`,
    right: "crm:write",
    summary: "Change a task, or mark it done",
    body: crmTaskChangeSchema,
    status: 200,
    output: crmTaskSchema,
  }),
  deleteCrmTask: route({
    method: "DELETE",
    path: `${TASKS}/:crmTaskId`,
    right: "crm:write",
    summary: "Delete a task",
    status: 204,
  }),
} as const;

const labels = {
  listTags: route({
    method: "GET",
    path: `${WORKSPACE}/tags`,
    right: "crm:read",
    summary: "Every tag with how much carries it",
    status: 200,
    output: tagListSchema,
  }),
  listCustomFields: route({
    method: "GET",
    path: FIELDS,
    right: "crm:read",
    summary: "Custom fields",
    status: 200,
    output: listOf(customFieldSchema),
  }),
  createCustomField: route({
    method: "POST",
    path: FIELDS,
    right: "crm:configure",
    summary: "Define a custom field",
    body: newCustomFieldSchema,
    status: 201,
    output: customFieldSchema,
  }),
  updateCustomField: route({
    method: "PATCH",
    path: `${FIELDS}/:customFieldId`,
    right: "crm:configure",
    summary: "Change what a select may hold",
    body: customFieldChangeSchema,
    status: 200,
    output: customFieldSchema,
  }),
  deleteCustomField: route({
    method: "DELETE",
    path: `${FIELDS}/:customFieldId`,
    right: "crm:configure",
    summary: "Delete a custom field and its values",
    status: 204,
  }),
} as const;

export const crmRoutes = { ...companies, ...deals, ...crmTasks, ...labels } as const;
