import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { test } from "node:test";

import { systemClock } from "#domain/clock.ts";

import { type Channel, encodeEvent, openChannel } from "./sse.ts";

test("AP-15 a reader that takes nothing is waited for without anything piling up, then cut off", async () => {
  const opened = Promise.withResolvers<Channel>();
  const server = createServer((_request, response) => {
    opened.resolve(openChannel(response, { clock: systemClock, patienceMs: 200 }));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const reader = connect(port, "127.0.0.1");
  reader.pause();
  reader.on("error", () => {});
  reader.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  const channel = await opened.promise;
  const event = encodeEvent("l.1", "execution.changed", JSON.stringify("x".repeat(100_000)));
  let sent = 0;
  while (await channel.send(event)) sent += 1;
  assert.ok(sent < 200, `${sent} were taken`);
  assert.ok(channel.gone.aborted);
  reader.destroy();
  server.close();
});

test("AP-15 an event is one line of data with the cursor from which its reader goes on", () => {
  assert.equal(
    encodeEvent("l.7", "reset", '{"a":"b"}'),
    'id: l.7\nevent: reset\ndata: {"a":"b"}\n\n',
  );
});
