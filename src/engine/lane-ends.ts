/** How a lane's function says that it ends otherwise than by answering. */
import type { KeptFault } from "#domain/fault.ts";

/** Thrown in a lane's function: the lane ends as skipped, which counts as through. */
export class LaneSkipped extends Error {
  override readonly name = "LaneSkipped";
  readonly output: unknown;

  constructor(reason: string, output?: unknown) {
    super(reason);
    this.output = output;
  }
}

/** Thrown in a lane's function: it has failed, and this is what it had come to. */
export class LaneFailed extends Error {
  override readonly name = "LaneFailed";
  readonly fault: KeptFault;
  readonly output: unknown;

  constructor(fault: KeptFault, output?: unknown) {
    super(fault.message);
    this.fault = fault;
    this.output = output;
  }
}
