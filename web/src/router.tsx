import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";

import { agentsQuery } from "./agents/queries.ts";
import { problemOf } from "./api/problems.ts";
import { readErrorFilter } from "./errors/filter.ts";
import { readExecutionSearch, readFilter } from "./executions/filter.ts";
import { readInvocationFilter } from "./invocations/filter.ts";
import { chooseWorkspace, rememberedWorkspace } from "./session/last-workspace.ts";
import { meQuery } from "./session/me.ts";
import { BrokenPage } from "./shell/broken-page.tsx";
import { NotHere, Nowhere } from "./shell/not-here.tsx";
import { RootPage } from "./shell/root-page.tsx";
import { readSearch } from "./shell/search.ts";
import { WorkspacePage } from "./shell/workspace-page.tsx";

interface Context {
  readonly client: QueryClient;
}

const root = createRootRouteWithContext<Context>()({
  component: RootPage,
  notFoundComponent: () => <Nowhere />,
});

const signInRoute = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: readSearch("to", "error"),
  component: lazyRouteComponent(() => import("./session/sign-in-page.tsx"), "SignInPage"),
});

/** Whoever is not signed in goes to sign in and comes back to where they wanted. */
async function demandMe({ client }: Context, to: string) {
  try {
    return await client.ensureQueryData(meQuery);
  } catch (error) {
    if (problemOf(error).status === 401) redirect({ to: "/sign-in", search: { to }, throw: true });
    throw error;
  }
}

/** Where a sign-in link lands; one that did not work says so in the address. */
const startRoute = createRoute({
  getParentRoute: () => root,
  path: "/",
  validateSearch: (search: Record<string, unknown>) => readSearch("error")(search),
  beforeLoad: async ({ context, search: { error } }) => {
    if (error !== undefined) redirect({ to: "/sign-in", search: { error }, throw: true });
    const me = await demandMe(context, "/");
    const workspaceId = chooseWorkspace(me.workspaces, rememberedWorkspace());
    if (workspaceId !== undefined)
      redirect({ to: "/w/$workspaceId/agents", params: { workspaceId }, throw: true });
  },
  component: () => <Nowhere what="workspace" />,
});

const workspaceRoute = createRoute({
  getParentRoute: () => root,
  path: "/w/$workspaceId",
  beforeLoad: async ({ context, location }) => {
    await demandMe(context, location.href);
  },
  component: WorkspacePage,
  notFoundComponent: () => <NotHere />,
  errorComponent: BrokenPage,
});

const parent = { getParentRoute: () => workspaceRoute } as const;

const workspaceStart = createRoute({
  ...parent,
  path: "/",
  beforeLoad: ({ params }) => {
    redirect({ to: "/w/$workspaceId/agents", params, throw: true });
  },
});

const agents = createRoute({
  ...parent,
  path: "/agents",
  validateSearch: (search: Record<string, unknown>) => readSearch("search", "status")(search),
  // Read while the code of the place is still on its way.
  loaderDeps: ({ search }) => search,
  loader: ({ context: { client }, params: { workspaceId }, deps }) => {
    void client.prefetchInfiniteQuery(agentsQuery(workspaceId, deps));
  },
  component: lazyRouteComponent(() => import("./agents/agents-page.tsx"), "AgentsPage"),
});
const newAgent = createRoute({
  ...parent,
  path: "/agents/new",
  component: lazyRouteComponent(() => import("./agents/new-agent-page.tsx"), "NewAgentPage"),
});
const agent = createRoute({
  ...parent,
  path: "/agents/$agentId",
  validateSearch: (search) => ({ ...readFilter(search), ...readSearch("tab", "compare")(search) }),
  component: lazyRouteComponent(() => import("./agents/agent-page.tsx"), "AgentPage"),
});
const executions = createRoute({
  ...parent,
  path: "/executions",
  validateSearch: readFilter,
  component: lazyRouteComponent(() => import("./executions/executions-page.tsx"), "ExecutionsPage"),
});
const execution = createRoute({
  ...parent,
  path: "/executions/$executionId",
  validateSearch: readExecutionSearch,
  component: lazyRouteComponent(() => import("./executions/execution-page.tsx"), "ExecutionPage"),
});
const errors = createRoute({
  ...parent,
  path: "/errors",
  validateSearch: readErrorFilter,
  component: lazyRouteComponent(() => import("./errors/errors-page.tsx"), "ErrorsPage"),
});
const invocations = createRoute({
  ...parent,
  path: "/agent-clis",
  validateSearch: readInvocationFilter,
  component: lazyRouteComponent(
    () => import("./invocations/invocations-page.tsx"),
    "InvocationsPage",
  ),
});
const startInvocation = createRoute({
  ...parent,
  path: "/agent-clis/new",
  validateSearch: readSearch("like"),
  component: lazyRouteComponent(() => import("./invocations/start-page.tsx"), "StartPage"),
});
const invocation = createRoute({
  ...parent,
  path: "/agent-clis/$executionId",
  component: lazyRouteComponent(
    () => import("./invocations/invocation-page.tsx"),
    "InvocationPage",
  ),
});
const contacts = createRoute({
  ...parent,
  path: "/contacts",
  validateSearch: readSearch("search", "tag"),
  component: lazyRouteComponent(() => import("./contacts/contacts-page.tsx"), "ContactsPage"),
});
const importContacts = createRoute({
  ...parent,
  path: "/contacts/import",
  component: lazyRouteComponent(() => import("./contacts/import-page.tsx"), "ImportPage"),
});
const contact = createRoute({
  ...parent,
  path: "/contacts/$contactId",
  component: lazyRouteComponent(() => import("./contacts/contact-page.tsx"), "ContactPage"),
});
const companies = createRoute({
  ...parent,
  path: "/companies",
  validateSearch: readSearch("search", "tag"),
  component: lazyRouteComponent(() => import("./crm/companies-page.tsx"), "CompaniesPage"),
});
const deals = createRoute({
  ...parent,
  path: "/deals",
  validateSearch: readSearch("search", "tag", "stage"),
  component: lazyRouteComponent(() => import("./crm/deals-page.tsx"), "DealsPage"),
});
const tasks = createRoute({
  ...parent,
  path: "/tasks",
  validateSearch: readSearch("status"),
  component: lazyRouteComponent(() => import("./crm/tasks-page.tsx"), "TasksPage"),
});
const templates = createRoute({
  ...parent,
  path: "/templates",
  validateSearch: readSearch("template"),
  component: lazyRouteComponent(() => import("./messages/templates-page.tsx"), "TemplatesPage"),
});
const outbox = createRoute({
  ...parent,
  path: "/outbox",
  component: lazyRouteComponent(() => import("./messages/outbox-page.tsx"), "OutboxPage"),
});
const settings = createRoute({
  ...parent,
  path: "/settings",
  validateSearch: readSearch("tab"),
  component: lazyRouteComponent(() => import("./settings/settings-page.tsx"), "SettingsPage"),
});

const work = [workspaceStart, agents, newAgent, agent, executions, execution, errors] as const;
const clis = [invocations, startInvocation, invocation] as const;
const people = [contacts, importContacts, contact, companies, deals, tasks] as const;
const messages = [templates, outbox, settings] as const;
const tree = root.addChildren([
  startRoute,
  signInRoute,
  workspaceRoute.addChildren([...work, ...clis, ...people, ...messages]),
]);

export function makeRouter(client: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { client },
    defaultPreload: "intent",
    defaultErrorComponent: BrokenPage,
    defaultNotFoundComponent: () => <NotHere />,
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
