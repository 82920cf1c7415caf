import { type Checkpoint, checkpointLine } from "../approval/checkpoint.ts";
import { copyable, type Message, message, paragraph } from "./kit.ts";

/** A checkpoint in an audit channel, with the line that can be copied out of it. */
export const checkpointMessage = (checkpoint: Checkpoint): Message =>
  message(
    [`Checkpoint of the ledger at no. ${checkpoint.seq}, `, { date: Date.parse(checkpoint.at) }],
    paragraph([
      "Whoever keeps this line can show later whether anything in the ledger up to here was changed or cut off.",
    ]),
    copyable(checkpointLine(checkpoint)),
  );
