/** A tool call's input as it is read when it is opened. */

/** Each field on its own, texts as they are and without quotes; what is one text is that text. */
export function inputLines(input: unknown): string {
  if (typeof input === "string") return input;
  if (typeof input !== "object" || input === null) return "";
  if (Array.isArray(input)) return JSON.stringify(input, null, 2);
  return Object.entries(input)
    .map(([name, value]) => fieldLine(name, value))
    .join("\n");
}

function fieldLine(name: string, value: unknown): string {
  if (typeof value !== "string") return `${name}: ${JSON.stringify(value, null, 2)}`;
  return value.includes("\n") ? `${name}:\n${value}` : `${name}: ${value}`;
}

/** What lies in the working folder is told from there. */
export function relativeTo(folder: string, text: string): string {
  return text.replaceAll(`${folder}/`, "");
}
