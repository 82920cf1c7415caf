import type { Answer, Received } from "../loopback.ts";
import { authenticate } from "./auth.ts";
import type { Call } from "./call.ts";
import type { ConcurrentEdits } from "./concurrent-edits.ts";
import { requestId } from "./deterministic.ts";
import { type ErrorShape, errorAnswer, Refusal, unserved } from "./errors.ts";
import type { Journal } from "./journal.ts";
import { type Route, routes } from "./routes.ts";
import type { Violations } from "./violations.ts";
import type { World } from "./world.ts";

/** What it takes to answer requests. */
export interface Service {
  readonly world: World;
  readonly journal: Journal;
  readonly violations: Violations;
  readonly edits: ConcurrentEdits;
}

/** Puts a refusal into the shape that the knobs ask for on this half of the API. */
export function refuse(
  service: Service,
  request: Received,
  refusal: Refusal,
  asked: ErrorShape = service.world.knobs.errorShape,
): Answer {
  const { knobs } = service.world;
  const own = request.path.startsWith("/iam/") ? "iam" : "cloud";
  const shape = asked === "cloud" ? own : asked;
  const count = service.journal.entries.length;
  const id = knobs.requestId === "none" ? undefined : requestId(count, knobs.requestId);
  return errorAnswer(refusal, shape, id);
}

const findRoute = (service: Service, request: Received): Route => {
  const here = routes.filter((route) => route.path.test(request.path));
  const found = here.find((route) => route.method === request.method);
  if (found !== undefined) return found;
  const status = here.length === 0 ? 404 : 405;
  service.violations.add(request, status === 404 ? "unknown path" : "unknown method");
  throw unserved(status);
};

const paramsOf = (route: Route, path: string): Map<string, string> => {
  const groups = route.path.exec(path)?.groups ?? {};
  return new Map(Object.entries(groups).map(([name, text]) => [name, decodeURIComponent(text)]));
};

const answerTo = (service: Service, request: Received): Answer => {
  const route = findRoute(service, request);
  const key = authenticate(service.world, request.headers.authorization);
  for (const name of new Set(request.query.keys())) {
    if (!route.query.includes(name)) {
      service.violations.add(request, `unknown query parameter ${name}`);
    }
  }
  const call: Call = {
    world: service.world,
    request,
    key,
    params: paramsOf(route, request.path),
    entry: service.journal.of(request),
    edits: service.edits,
    violation: (what) => service.violations.add(request, what),
  };
  const { status = 200, body } = route.handle(call);
  const headers = { "content-type": "application/json" };
  return { status, headers, body: JSON.stringify(body) };
};

/** Answers a request, with a no where the API says no. */
export function serve(service: Service, request: Received): Answer {
  try {
    return answerTo(service, request);
  } catch (error) {
    if (error instanceof Refusal) return refuse(service, request, error);
    // A part of the path that is no valid percent encoding.
    if (error instanceof URIError) return refuse(service, request, unserved(404));
    throw error;
  }
}
