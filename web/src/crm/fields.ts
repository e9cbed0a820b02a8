/** What can be written about a contact, a company, a deal, a task: one table each, from which the forms follow. */
export interface FieldSpec {
  readonly name: string;
  readonly label: string;
  readonly type: "text" | "email" | "number" | "day" | "tags" | "flag" | "member" | "choice";
  readonly required?: true;
  /** With `choice`. */
  readonly options?: readonly { readonly value: string; readonly label: string }[];
}

const text = (name: string, label: string): FieldSpec => ({ name, label, type: "text" });

export const CONTACT_FIELDS: readonly FieldSpec[] = [
  text("firstName", "First name"),
  text("lastName", "Last name"),
  { name: "email", label: "Email", type: "email" },
  text("phone", "Phone"),
  text("title", "Job title"),
  text("companyName", "Company"),
  text("status", "Status"),
  text("source", "Source"),
  text("city", "City"),
  text("country", "Country"),
  text("linkedinUrl", "LinkedIn"),
  { name: "tags", label: "Tags", type: "tags" },
  { name: "ownerId", label: "Looked after by", type: "member" },
  { name: "optedOut", label: "Has opted out of emails", type: "flag" },
];

export const COMPANY_FIELDS: readonly FieldSpec[] = [
  { name: "name", label: "Name", type: "text", required: true },
  text("domain", "Domain"),
  text("industry", "Industry"),
  { name: "employees", label: "Employees", type: "number" },
  { name: "revenue", label: "Revenue", type: "number" },
  text("status", "Status"),
  text("phone", "Phone"),
  text("city", "City"),
  text("country", "Country"),
  { name: "tags", label: "Tags", type: "tags" },
  { name: "ownerId", label: "Looked after by", type: "member" },
];

export const DEAL_FIELDS: readonly FieldSpec[] = [
  { name: "name", label: "Name", type: "text", required: true },
  { name: "value", label: "Value", type: "number" },
  text("currency", "Currency"),
  text("stage", "Stage"),
  { name: "probability", label: "Probability in %", type: "number" },
  { name: "closeDate", label: "Expected to close", type: "day" },
  { name: "open", label: "Open", type: "flag" },
  { name: "tags", label: "Tags", type: "tags" },
  { name: "ownerId", label: "Looked after by", type: "member" },
];

export const TASK_FIELDS: readonly FieldSpec[] = [
  { name: "title", label: "What is to be done", type: "text", required: true },
  { name: "dueAt", label: "Due", type: "day" },
  { name: "assignedTo", label: "For", type: "member" },
  {
    name: "status",
    label: "Status",
    type: "choice",
    options: [
      { value: "open", label: "Open" },
      { value: "done", label: "Done" },
    ],
  },
];
