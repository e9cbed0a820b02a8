/**
 * An order that is paid once, waits for its delivery to be confirmed, and survives the end of its
 * process at any line. Run it twice: the second time it answers with what the first one did.
 *
 *   node examples/order.ts ./data
 */
import { open, program } from "stint";

interface Order {
  readonly id: string;
  readonly total: number;
}

const fulfil = program("fulfil", async (run, order: Order) => {
  const receipt = await run.step(
    "pay",
    ({ key }) => `receipt ${key.split("/").at(-1)} ${order.total}`,
  );
  const [confirmed] = await Promise.all([
    run.signal<string>("delivered", { timeoutMs: 5 * 86_400_000 }),
    run.sleep("thank the customer", 50),
  ]);
  return await run.step("close", () => `${order.id}: ${receipt}, ${confirmed ?? "lost"}`);
});

await using stint = await open({ data: process.argv[2] ?? "./data", programs: [fulfil] });
const { id } = await stint.start(fulfil, { id: "A-7", total: 42 }, { key: "order A-7" });
await stint.signal(id, "delivered", "at the door", { key: "courier-1" });
console.log(await stint.result<string>(id));
