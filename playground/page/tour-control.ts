import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import type { Json } from "../slack/json.ts";
import { headers } from "./guard.ts";
import type { Shown } from "./shown.ts";

const schema = z.object({ tour: z.enum(["play", "hold", "go on", "leave"]) });

/** What somebody wants of the tour. */
export type TourWish = z.infer<typeof schema>;

/** What `body` wants of the tour, or `undefined` if it makes no sense. */
export const readTourWish = (body: Json | undefined): TourWish | undefined =>
  schema.safeParse(body).data;

/** Does what is wanted. @throws when the tour is to be played and is on already. */
export async function controlTour(shown: Shown, { tour }: TourWish): Promise<object> {
  if (tour === "play") await shown.startTour();
  else if (tour === "hold") shown.holdTour();
  else if (tour === "go on") shown.goOnWithTour();
  else await shown.leaveTour();
  return {};
}

/** Whether it comes from a program of the same person, which read our token in their own files. */
export const hasToken = ({ headers }: IncomingMessage, token: string): boolean =>
  headers.authorization === `Bearer ${token}`;

/**
 * Plays the tour for somebody at a terminal: each step goes out, as a line of JSON, when the page
 * plays it, and last what went wrong.
 */
export async function streamTour(shown: Shown, response: ServerResponse): Promise<void> {
  const line = (what: object): void => {
    response.write(`${JSON.stringify(what)}\n`);
  };
  const { ended } = await shown.startTour((step) => line({ step }));
  response.writeHead(200, { ...headers, "content-type": "application/x-ndjson" });
  response.flushHeaders();
  line({ faults: await ended });
  response.end();
}
