/**
 * A newsletter to many contacts: each is a journey of its own, which sends at most once and then waits
 * for days. The clock is moved, so the days pass at once.
 *
 *   node examples/newsletter.ts ./data
 */
import { open, program, type LaneContext } from "stint";
import { testClock } from "stint/testing";

const DAY = 86_400_000;
const sent = new Map<string, string>();

const newsletter = program(
  "newsletter",
  async (run, contacts: readonly string[]) => {
    const ends = await run.each("contact", contacts, { entity: (email) => email });
    return ends.filter(({ state }) => state === "completed").length;
  },
  {
    lanes: {
      contact: async (lane: LaneContext, email: string) => {
        await lane.step(
          "send",
          ({ key }) => {
            sent.set(key, email);
            return "sent";
          },
          {
            once: {
              authoritative: true,
              find: async (key) => (sent.has(key) ? { found: "sent" } : undefined),
            },
          },
        );
        await lane.sleep("a few days", 3 * DAY);
      },
    },
  },
);

const clock = testClock();
await using stint = await open({
  data: process.argv[2] ?? "./data",
  programs: [newsletter],
  clock,
});
const { id } = await stint.start(newsletter, ["ada@example.com", "ben@example.com"]);
const days = setInterval(() => clock.advance(DAY), 20);
console.log(`${await stint.result<number>(id)} of ${sent.size} contacts are through`);
clearInterval(days);
