import { client } from "#contract/client.ts";

/** The server that this page came from, by its contract. */
export const api = client();
