const ADDRESS = /([^\s@<>()[\],;:"])[^\s@<>()[\],;:"]*@([^\s@<>()[\],;:"]+)/gu;

/** "jane@acme.com" → "j***@acme.com" */
export function maskAddresses(text: string): string {
  return text.replaceAll(ADDRESS, "$1***@$2");
}
