/** What the commonest causes of no answer mean. */
const CAUSES: Readonly<Record<string, string>> = {
  ENOTFOUND: "there is no machine of that name",
  EAI_AGAIN: "names cannot be looked up from here",
  ECONNREFUSED: "nobody listens there",
  ECONNRESET: "the connection was cut",
  UND_ERR_SOCKET: "the connection was cut",
  ETIMEDOUT: "nothing came in time",
  ENETUNREACH: "there is no way there from here",
  EHOSTUNREACH: "there is no way there from here",
};

/** Why a server gave no answer of use, by the code of the error or `HTTP 503`. */
export function silenceWords(code: string): string {
  const words = CAUSES[code];
  return words === undefined ? code : `${words} (${code})`;
}
