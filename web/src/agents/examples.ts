/** Instructions to start from: what a salesperson would say. */
export interface ExampleText {
  readonly name: string;
  readonly instructions: string;
}

export const EXAMPLES: readonly ExampleText[] = [
  {
    name: "Welcome new leads",
    instructions:
      "Find contacts with status 'Lead' who have not been contacted in the last 30 days. Send them an email with the subject \"Hello @contact.firstName|there\" and the body \"Thank you for your interest. When would be a good time to talk?\". Add the tag 'welcomed'.",
  },
  {
    name: "Follow up after five days",
    instructions:
      "Find contacts tagged 'Webinar'. Send the 'Follow-up' email. Wait 5 days. If they have not replied, create a task \"Call @contact.firstName\" due in 2 days.",
  },
  {
    name: "Look after open deals",
    instructions:
      'Find deals where the stage is Proposal and the value is greater than 10000. Create a task "Check in about @deal.name" due in 1 day and notify me.',
  },
];
