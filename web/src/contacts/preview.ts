/** What a CSV file would become, before anything is written: its first rows, and the field that each column is taken for. */
import { parse } from "csv-parse/browser/esm/sync";

export interface Preview {
  readonly columns: readonly PreviewColumn[];
  readonly rows: readonly (readonly string[])[];
  /** Data rows in the file, as far as lines tell. */
  readonly lines: number;
  /** Why it cannot be imported like this. */
  readonly refusal: string | undefined;
}

export interface PreviewColumn {
  /** Counts from 0. */
  readonly place: number;
  readonly header: string;
  /** Undefined: no field of contacts; the server leaves it out unless it is a custom field. */
  readonly becomes: string | undefined;
}

/** What people call the fields; the server knows them too and has the last word, in its report. */
const BECOMES: Readonly<Record<string, string>> = {
  ...names("Email", "email", "emailaddress", "mail", "mailaddress", "emailid", "workemail"),
  ...names("First name", "firstname", "first", "givenname", "vorname"),
  ...names("Last name", "lastname", "last", "surname", "familyname", "nachname"),
  ...names("Name", "name", "fullname", "displayname"),
  ...names("Phone", "phone", "phonenumber", "mobile", "telephone", "tel"),
  ...names("Job title", "title", "jobtitle", "position", "role"),
  ...names(
    "Company",
    "company",
    "companyname",
    "organization",
    "organisation",
    "account",
    "accountname",
    "employer",
    "firma",
  ),
  ...names("Company's domain", "companydomain", "companywebsite", "website"),
  ...names("Company's industry", "industry", "companyindustry"),
  ...names("Company's employees", "employees", "companysize"),
  ...names("Status", "status", "leadstatus"),
  ...names("Source", "source", "leadsource"),
  ...names("City", "city", "town"),
  ...names("Country", "country"),
  ...names("LinkedIn", "linkedin", "linkedinurl", "linkedinprofile", "linkedinprofileurl"),
  ...names("Tags", "tags", "tag", "labels", "label", "segments"),
};
const KNOWN_BY: ReadonlySet<string> = new Set(["Email", "First name", "Last name", "Name"]);

function names(field: string, ...spellings: readonly string[]): Record<string, string> {
  return Object.fromEntries(spellings.map((spelling) => [spelling, field]));
}

const DELIMITERS = [",", ";", "\t", "|"] as const;
const SHOWN = 5;

/** @param customFields names of the workspace's own fields of contacts. */
export function previewOf(text: string, customFields: readonly string[] = []): Preview {
  const plain = text.replace(/^\uFEFF/, "");
  const cells = readHead(plain);
  const [header = [], ...rows] = cells;
  const custom = new Map(customFields.map((name) => [keyOf(name), name]));
  const columns = header.map((name, place) => {
    const key = keyOf(name);
    return { place, header: name.trim(), becomes: BECOMES[key] ?? custom.get(key) };
  });
  const lines = plain.split(/\r\n|\n|\r/).filter((line) => line.trim() !== "").length - 1;
  return { columns, rows, lines: Math.max(0, lines), refusal: refusalOf(columns, plain) };
}

function refusalOf(columns: readonly PreviewColumn[], text: string): string | undefined {
  if (text.trim() === "") return "The file is empty.";
  if (text.includes("\u0000") || text.startsWith("PK")) {
    return "This is not a CSV file. Save the spreadsheet as CSV (UTF-8) and choose that file.";
  }
  if (columns.some(({ becomes }) => becomes !== undefined && KNOWN_BY.has(becomes)))
    return undefined;
  return "The first line must name the columns, at least Email, First Name or Name.";
}

const keyOf = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");

/** The header and the first rows; a file with broken quotes shows what can be read of it. */
function readHead(text: string): string[][] {
  const [first = ""] = text.split(/\r\n|\n|\r/, 1);
  const counts = DELIMITERS.map(
    (delimiter) => first.replaceAll(/"[^"]*"/g, "").split(delimiter).length,
  );
  const delimiter = DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ",";
  return parse(text, {
    delimiter,
    to: SHOWN + 1,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
  });
}

/** A file's text in whatever encoding spreadsheets save: UTF-8, UTF-16, or a Windows code page. */
export function decodeFile(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
