/** People, companies and deals, and what was done about them. */

/**
 * What the three kinds of entity have in common. `version` is the row's own: an update names the one
 * that it has read. `custom` is a JSON object from the name of a custom field to its value.
 */
interface EntityTable {
  ws: number;
  id: string;
  version: number;
  owner_id: string | null;
  custom: string;
  created_at: number;
  updated_at: number;
}

export interface ContactTable extends EntityTable {
  first_name: string | null;
  last_name: string | null;
  email: string | null;
  /** The address as it is compared; unique within the workspace. */
  email_key: string | null;
  phone: string | null;
  title: string | null;
  status: string | null;
  source: string | null;
  city: string | null;
  country: string | null;
  linkedin_url: string | null;
  company_id: string | null;
  replied: number;
  opened_email: number;
  interested: number;
  opted_out: number;
  last_contacted_at: number | null;
}

export interface CompanyTable extends EntityTable {
  name: string;
  /** The name as it is compared. */
  name_key: string;
  domain: string | null;
  industry: string | null;
  employees: number | null;
  revenue: number | null;
  status: string | null;
  phone: string | null;
  city: string | null;
  country: string | null;
  linkedin_url: string | null;
  /** Whom a step on the company reaches; null: its first contact. */
  contact_id: string | null;
}

export interface DealTable extends EntityTable {
  name: string;
  value: number | null;
  currency: string;
  stage: string | null;
  previous_stage: string | null;
  probability: number | null;
  loss_reason: string | null;
  open: number;
  /** The expected day, as YYYY-MM-DD. */
  close_date: string | null;
  closed_at: number | null;
  company_id: string | null;
  contact_id: string | null;
}

export interface CrmTaskTable {
  ws: number;
  id: string;
  version: number;
  title: string;
  due_at: number | null;
  /** A user's id. */
  assigned_to: string | null;
  status: string;
  contact_id: string | null;
  company_id: string | null;
  deal_id: string | null;
  /** JSON: who made it. */
  created_by: string;
  execution_id: string | null;
  done_at: number | null;
  created_at: number;
  updated_at: number;
}

export interface TagTable {
  ws: number;
  /** The name as it is compared. */
  key: string;
  name: string;
  created_at: number;
}

export interface EntityTagTable {
  ws: number;
  entity_id: string;
  tag: string;
  at: number;
}

export interface CustomFieldTable {
  ws: number;
  id: string;
  entity: string;
  name: string;
  /** The name without case and separators: `Lead Score`, `lead_score` and `leadScore` are one field. */
  key: string;
  type: string;
  /** JSON: with `select`, the values to choose from. */
  options: string;
  created_at: number;
}

export interface ActivityTable {
  ws: number;
  entity_id: string;
  id: string;
  kind: string;
  text: string;
  /** JSON: for a changed field its name, old and new value. */
  data: string | null;
  /** JSON: who did it, by the name of that day. */
  actor: string;
  execution_id: string | null;
  at: number;
}

export interface SuppressionTable {
  ws: number;
  /** The address as it is compared. */
  address: string;
  reason: string;
  at: number;
}

export interface CrmTables {
  contact: ContactTable;
  company: CompanyTable;
  deal: DealTable;
  crm_task: CrmTaskTable;
  tag: TagTable;
  entity_tag: EntityTagTable;
  custom_field: CustomFieldTable;
  activity: ActivityTable;
  suppression: SuppressionTable;
}
