/** Sentences of our own with the plans they must become; what they should say was checked by reading. */
export const GOLDEN: readonly (readonly [string, unknown])[] = [
  [
    "Find contacts where title contains CEO and send them the 'Hello' email",
    {
      steps: [
        { type: "search_contacts", params: { field: "title", operator: "contains", value: "CEO" } },
        { type: "send_email", params: { template: "Hello" } },
      ],
    },
  ],
  [
    "Skip contacts in @memory.processed",
    {
      steps: [
        { type: "skip", params: { field: "contact", operator: "in", value: "@memory.processed" } },
      ],
    },
  ],
  ["Send the urgent email", { steps: [{ type: "send_email", params: { template: "urgent" } }] }],
  [
    "Search web for recent news about @company.name",
    { steps: [{ type: "web_search", params: { query: "recent news about @company.name" } }] },
  ],
  [
    "Create task: Follow up with @contact.firstName in 3 days",
    {
      steps: [
        {
          type: "create_task",
          params: { title: "Follow up with @contact.firstName in 3 days", due: "P3D" },
        },
      ],
    },
  ],
  [
    "create a task to call them tomorrow",
    { steps: [{ type: "create_task", params: { title: "call them", due: "P1D" } }] },
  ],
  [
    "Set custom field 'leadScore' to 'A'",
    {
      steps: [
        {
          type: "update_field",
          params: { entity: "contact", field: "leadScore", value: "A", custom: true },
        },
      ],
    },
  ],
  [
    "Mark the contact as Qualified",
    {
      steps: [
        {
          type: "update_field",
          params: { entity: "contact", field: "status", value: "Qualified" },
        },
      ],
    },
  ],
  [
    "Hand off to @user.salesRep for personal outreach",
    { steps: [{ type: "handoff", params: { to: "@user.salesRep", reason: "personal outreach" } }] },
  ],
  [
    "Save the contacts to memory as processedContacts",
    { steps: [{ type: "remember", params: { key: "processedContacts" } }] },
  ],
  [
    "If no reply after 3 days, send the bump email. If still no reply after another 4 days, send the breakup email.",
    {
      steps: [
        { type: "wait", params: { duration: "P3D" } },
        {
          type: "if",
          params: { field: "contact.replied", operator: "==", value: false },
          then: [{ type: "send_email", params: { template: "bump" } }],
        },
        { type: "wait", params: { duration: "P4D" } },
        {
          type: "if",
          params: { field: "contact.replied", operator: "==", value: false },
          then: [{ type: "send_email", params: { template: "breakup" } }],
        },
      ],
    },
  ],
  [
    "2 days later, create a task: call them",
    {
      steps: [
        { type: "wait", params: { duration: "P2D" } },
        { type: "create_task", params: { title: "call them" } },
      ],
    },
  ],
  [
    "When a deal moves to Closed Won and its value is over 10k, notify me",
    {
      trigger: {
        type: "event",
        event: "deal_stage_updated",
        condition: {
          all: [
            { field: "deal.stage", operator: "==", value: "Closed Won" },
            { field: "deal.value", operator: ">", value: 10000 },
          ],
        },
      },
      steps: [{ type: "notify", params: { to: "@user.creator" } }],
    },
  ],
  [
    "Don't email anyone. Tag them cold.",
    { steps: [{ type: "add_tag", params: { tags: ["cold"] } }] },
  ],
  [
    "don't email anyone who replied",
    {
      steps: [{ type: "skip", params: { field: "contact.replied", operator: "==", value: true } }],
    },
  ],
  [
    "Wait 3 days, actually make that 4 days",
    { steps: [{ type: "wait", params: { duration: "P4D" } }] },
  ],
  [
    "Find CEOs in Paris, tag them ceo. Do the same for CTOs in Rome.",
    {
      steps: [
        {
          type: "search_contacts",
          params: {
            all: [
              { field: "title", operator: "contains", value: "CEO" },
              { field: "city", operator: "==", value: "Paris" },
            ],
          },
        },
        { type: "add_tag", params: { tags: ["ceo"] } },
        {
          type: "search_contacts",
          params: {
            all: [
              { field: "title", operator: "contains", value: "CTO" },
              { field: "city", operator: "==", value: "Rome" },
            ],
          },
        },
        { type: "add_tag", params: { tags: ["ceo"] } },
      ],
    },
  ],
  [
    "find deals with value between 5000 and 10000",
    {
      steps: [
        {
          type: "search_deals",
          params: {
            all: [
              { field: "value", operator: ">=", value: 5000 },
              { field: "value", operator: "<=", value: 10000 },
            ],
          },
        },
      ],
    },
  ],
  [
    "find contacts created in the last 7 days not contacted in 30 days without a phone number",
    {
      steps: [
        {
          type: "search_contacts",
          params: {
            all: [
              { field: "createdAt", operator: ">=", value: "-P7D" },
              { field: "lastContactedAt", operator: "<", value: "-P30D" },
              { not: { field: "phone", operator: "exists" } },
            ],
          },
        },
      ],
    },
  ],
  [
    "Day 1: send the 'Intro' email. Day 3: send the 'Bump' email. Day 7: connect on LinkedIn.",
    {
      steps: [
        { type: "send_email", params: { template: "Intro" } },
        { type: "wait", params: { duration: "P2D" } },
        { type: "send_email", params: { template: "Bump" } },
        { type: "wait", params: { duration: "P4D" } },
        { type: "linkedin_invitation", params: {} },
      ],
    },
  ],
  [
    "If the contact's status is one of Lead, Customer, stop. Either way, add tag done",
    {
      steps: [
        {
          type: "if",
          params: { field: "contact.status", operator: "in", value: ["Lead", "Customer"] },
          then: [{ type: "stop", params: {} }],
        },
        { type: "add_tag", params: { tags: ["done"] } },
      ],
    },
  ],
  [
    "On the 1st of each month at 10 AM find all contacts, limit 5",
    {
      trigger: { type: "schedule", cron: "0 10 1 * *" },
      steps: [{ type: "search_contacts", params: { limit: 5 } }],
    },
  ],
  [
    "notify me if they reply",
    {
      steps: [
        {
          type: "if",
          params: { field: "contact.replied", operator: "==", value: true },
          then: [{ type: "notify", params: { to: "@user.creator" } }],
        },
      ],
    },
  ],
  [
    "Find VPs of Sales at Acme",
    {
      steps: [
        {
          type: "search_contacts",
          params: {
            all: [
              { field: "title", operator: "contains", value: "VP of Sales" },
              { field: "company.name", operator: "==", value: "Acme" },
            ],
          },
        },
      ],
    },
  ],
  [
    "Find companies in the fintech industry with 50 to 200 employees",
    {
      steps: [
        {
          type: "search_companies",
          params: {
            all: [
              { field: "industry", operator: "==", value: "fintech" },
              { field: "employees", operator: ">=", value: 50 },
              { field: "employees", operator: "<=", value: 200 },
            ],
          },
        },
      ],
    },
  ],
  [
    "Look for people in Berlin working at companies in the software industry; connect with each on LinkedIn with the note 'Hi @contact.firstName'",
    {
      steps: [
        {
          type: "search_contacts",
          params: {
            all: [
              { field: "city", operator: "==", value: "Berlin" },
              { field: "company.industry", operator: "==", value: "software" },
            ],
          },
        },
        { type: "linkedin_invitation", params: { note: "Hi @contact.firstName" } },
      ],
    },
  ],
  [
    "When a new lead comes in, enrich them using Apollo, and if they are a CEO, assign a task to @user.salesRep to call them within 1 hour. Otherwise send them the welcome email.",
    {
      trigger: { type: "event", event: "contact_created" },
      steps: [
        { type: "enrich_contact", params: { provider: "apollo" } },
        {
          type: "if",
          params: { field: "contact.title", operator: "contains", value: "CEO" },
          then: [
            {
              type: "create_task",
              params: { title: "call them", due: "PT1H", assignee: "@user.salesRep" },
            },
          ],
          else: [{ type: "send_email", params: { template: "welcome" } }],
        },
      ],
    },
  ],
  [
    "Weekdays at 9:30 -> find contacts tagged newsletter -> send 'Weekly Digest'",
    {
      trigger: { type: "schedule", cron: "30 9 * * 1-5" },
      steps: [
        {
          type: "search_contacts",
          params: { field: "tags", operator: "contains", value: "newsletter" },
        },
        { type: "send_email", params: { template: "Weekly Digest" } },
      ],
    },
  ],
  [
    "If the contact has replied, stop. If they have opened the email but not replied, send the nudge email.",
    {
      steps: [
        {
          type: "if",
          params: { field: "contact.replied", operator: "==", value: true },
          then: [{ type: "stop", params: {} }],
        },
        {
          type: "if",
          params: {
            all: [
              { field: "contact.openedEmail", operator: "==", value: true },
              { field: "contact.replied", operator: "==", value: false },
            ],
          },
          then: [{ type: "send_email", params: { template: "nudge" } }],
        },
      ],
    },
  ],
  [
    "Remove the tag Prospect and add Customer and VIP tags",
    {
      steps: [
        { type: "remove_tag", params: { tags: ["Prospect"] } },
        { type: "add_tag", params: { tags: ["Customer", "VIP"] } },
      ],
    },
  ],
  [
    "Escalate to the sales manager because the deal is stuck, timeout 2 days",
    {
      steps: [
        {
          type: "handoff",
          params: { to: "sales manager", reason: "deal is stuck", timeout: "P2D" },
        },
      ],
    },
  ],
  [
    "Find everyone tagged webinar-2024 but not tagged customer",
    {
      steps: [
        {
          type: "search_contacts",
          params: {
            all: [
              { field: "tags", operator: "contains", value: "webinar-2024" },
              { not: { field: "tags", operator: "contains", value: "customer" } },
            ],
          },
        },
      ],
    },
  ],
  [
    "If the deal value is greater than 50,000 and the stage is Negotiation, hand off to @user.director, otherwise wait 1 week and move the deal to Closed Lost",
    {
      steps: [
        {
          type: "if",
          params: {
            all: [
              { field: "deal.value", operator: ">", value: 50000 },
              { field: "deal.stage", operator: "==", value: "Negotiation" },
            ],
          },
          then: [{ type: "handoff", params: { to: "@user.director" } }],
          else: [
            { type: "wait", params: { duration: "P1W" } },
            {
              type: "update_field",
              params: { entity: "deal", field: "stage", value: "Closed Lost" },
            },
          ],
        },
      ],
    },
  ],
  [
    "every 15 minutes search the web for news",
    {
      trigger: { type: "schedule", cron: "*/15 * * * *" },
      steps: [{ type: "web_search", params: { query: "news" } }],
    },
  ],
  [
    "When the tag VIP is added to a contact, notify the account manager",
    {
      trigger: {
        type: "event",
        event: "tag_added",
        condition: { field: "contact.tags", operator: "contains", value: "VIP" },
      },
      steps: [{ type: "notify", params: { to: "account manager" } }],
    },
  ],
  [
    "When a contact's status changes to Customer, send the onboarding email",
    {
      trigger: {
        type: "event",
        event: "contact_updated",
        condition: { field: "contact.status", operator: "==", value: "Customer" },
      },
      steps: [{ type: "send_email", params: { template: "onboarding" } }],
    },
  ],
  [
    "Only keep contacts with a phone number",
    { steps: [{ type: "skip", params: { not: { field: "contact.phone", operator: "exists" } } }] },
  ],
  [
    "Serach for contcats in Madrid, wiat 3 days, then tag them Stale",
    {
      steps: [
        { type: "search_contacts", params: { field: "city", operator: "==", value: "Madrid" } },
        { type: "wait", params: { duration: "P3D" } },
        { type: "add_tag", params: { tags: ["Stale"] } },
      ],
    },
  ],
  [
    "If the contact replied:\n  - if interested: book an intro call with @contact.firstName tomorrow\n  - else: tag nurture\nOtherwise:\n  - send the value-prop email",
    {
      steps: [
        {
          type: "if",
          params: { field: "contact.replied", operator: "==", value: true },
          then: [
            {
              type: "if",
              params: { field: "contact.interested", operator: "==", value: true },
              then: [
                {
                  type: "create_task",
                  params: { title: "book an intro call with @contact.firstName", due: "P1D" },
                },
              ],
              else: [{ type: "add_tag", params: { tags: ["nurture"] } }],
            },
          ],
          else: [{ type: "send_email", params: { template: "value-prop" } }],
        },
      ],
    },
  ],
  [
    "Unless they're in Paris or tagged 'VIP', send the 'Bonjour' template",
    {
      steps: [
        {
          type: "if",
          params: {
            not: {
              any: [
                { field: "contact.city", operator: "==", value: "Paris" },
                { field: "contact.tags", operator: "contains", value: "VIP" },
              ],
            },
          },
          then: [{ type: "send_email", params: { template: "Bonjour" } }],
        },
      ],
    },
  ],
  [
    "Find contacts where NOT (title contains Intern or title contains Assistant), limit 500",
    {
      steps: [
        {
          type: "search_contacts",
          params: {
            not: {
              any: [
                { field: "title", operator: "contains", value: "Intern" },
                { field: "title", operator: "contains", value: "Assistant" },
              ],
            },
            limit: 500,
          },
        },
      ],
    },
  ],
];

/** What is refused, and why. */
export const REFUSED: readonly (readonly [string, RegExp])[] = [
  ["", /no instructions/],
  ["Thanks!", /Nothing in it/],
  ["Wait 100 days", /at most 90 days/],
  ["Every other week find leads", /cannot be carried/],
  ["Every Monday find leads. Run this every Tuesday.", /trigger already/],
  ["Enrich them with ZoomInfo", /Apollo only/],
  ["Text them an SMS", /no other messages/],
  ["Why did we lose that deal?", /question/],
  ["Otherwise stop", /no condition before it/],
  ["If they replied", /nothing to do/],
  ["Send the 'Intro' email by carrier pigeon", /carrier pigeon/],
];
