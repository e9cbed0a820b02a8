/** Agents in plain words, each for one thing to see, and the emails that they send. */
export interface ExampleAgent {
  readonly name: string;
  readonly goal: string;
  readonly instructions: string;
}

export interface ExampleTemplate {
  readonly name: string;
  readonly subject: string;
  readonly body: string;
}

export const EXAMPLE_AGENTS: readonly ExampleAgent[] = [
  {
    name: "Welcome new leads",
    goal: "Every new lead hears from us and gets a call.",
    instructions: [
      "Find contacts with status Lead.",
      "Send the 'Welcome' email.",
      "Add tag 'Welcomed'.",
      "Create task: Call @contact.firstName in 3 days",
    ].join("\n"),
  },
  {
    name: "Webinar follow-up",
    goal: "Nobody who came to the webinar is forgotten, and nobody who answered is nagged.",
    instructions: [
      "Find contacts tagged 'Webinar'.",
      "Send the 'Webinar thanks' email.",
      "Wait 5 days.",
      "If no reply, send the 'Webinar reminder' email.",
    ].join("\n"),
  },
  {
    name: "Win back quiet customers",
    goal: "Shows what a mistake looks like: it names an email template that does not exist.",
    instructions: [
      "Find contacts with status Customer that were not contacted in 30 days.",
      "Send the 'Winter offer' email.",
      "Add tag 'Winter offer'.",
    ].join("\n"),
  },
  {
    name: "Watch big deals",
    goal: "Whoever owns a large deal knows when it is close to a decision.",
    instructions: [
      "Find deals where stage is Negotiation and value is greater than $20,000.",
      'Notify @deal.owner: "@deal.name with @company.name is close to a decision"',
    ].join("\n"),
  },
  {
    name: "Pick key accounts",
    goal: "Software firms that have grown get somebody's attention.",
    instructions: [
      "Find companies where industry is SaaS and employees is greater than 50.",
      "Add tag 'Key account'.",
      "Create task: Plan the yearly review with @company.name in 2 weeks",
    ].join("\n"),
  },
];

export const EXAMPLE_TEMPLATES: readonly ExampleTemplate[] = [
  {
    name: "Welcome",
    subject: "Good to meet you, @contact.firstName",
    body: `Hi @contact.firstName,

thank you for your interest. I would love to hear what you are working on as @contact.title|"a specialist" and where we could help.

Would a short call this week suit you?

Best regards
Your team`,
  },
  {
    name: "Webinar thanks",
    subject: "Thank you for joining, @contact.firstName",
    body: `Hi @contact.firstName,

thank you for coming to our webinar. The recording and the slides are ready for you and your colleagues at @company.name|"your company".

Is there a question that we left open?

Best regards
Your team`,
  },
  {
    name: "Webinar reminder",
    subject: "One more thought on the webinar",
    body: `Hi @contact.firstName,

last week I wrote to you about the webinar. In case it got buried: I am happy to go through it with you in fifteen minutes.

Best regards
Your team`,
  },
  {
    name: "Follow-up",
    subject: "Following up, @contact.firstName",
    body: `Hi @contact.firstName,

I wanted to ask whether you had a chance to think about our last conversation. What would help you decide?

Best regards
Your team`,
  },
  {
    name: "Meeting recap",
    subject: "What we agreed on",
    body: `Hi @contact.firstName,

thank you for your time. As promised, here is what we agreed on, and what happens next on our side.

Best regards
Your team`,
  },
];
