/** What is known of a contact, line by line; what is unknown is left out. */
import type { Contact } from "#contract/shapes/crm.ts";

export function sheetOf(contact: Contact): readonly (readonly [string, string])[] {
  const { email, phone, status, source, city, country, linkedinUrl, customFields } = contact;
  const flags = [
    contact.replied ? "has replied" : "",
    contact.openedEmail ? "has opened an email" : "",
    contact.interested ? "is interested" : "",
    contact.optedOut ? "has opted out of emails" : "",
  ].filter((text) => text !== "");
  const place = [city, country].filter((text) => text !== null && text !== "").join(", ");
  const known = {
    Email: email,
    Phone: phone,
    Status: status,
    Source: source,
    Place: place,
    LinkedIn: linkedinUrl,
    So: flags.join(", "),
  };
  return [...Object.entries(known), ...Object.entries(customFields)].flatMap(([name, value]) =>
    value === null || value === ""
      ? []
      : [[name === "So" ? "So far" : name, String(value)] as const],
  );
}
