import "@fontsource-variable/ibm-plex-sans/wght.css";
import "@fontsource/ibm-plex-mono/400.css";
import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "@mantine/spotlight/styles.css";
import "./theme/theme.css";
import "./theme/agents.css";
import "./theme/simulation.css";
import "./theme/executions.css";
import "./theme/invocations.css";
import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { makeQueryClient } from "./api/query-client.ts";
import { makeRouter } from "./router.tsx";
import { theme } from "./theme/theme.ts";

const client = makeQueryClient(() => {
  const { pathname, searchStr } = router.state.location;
  client.clear();
  void router.navigate({ to: "/sign-in", search: { to: `${pathname}${searchStr}` } });
});
const router = makeRouter(client);

const root = document.querySelector("#root");
if (root === null) throw new Error("index.html has no #root");

createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
