/** Through whose eyes the page looks, and at what; kept in the address. */
export interface Place {
  readonly person: string;
  readonly channel: string;
  /** The tab of the app, or the message whose thread is open beside the channel. */
  readonly beside?: string;
}

/** The place that the address names, or the one to begin at. */
export function here(): Place {
  const [person = "", channel = "", beside = ""] = location.hash.slice(1).split("/");
  return { person: person || "ada", channel, beside };
}

const address = ({ person, channel, beside }: Place): string =>
  `#${[person, channel, beside].filter(Boolean).join("/")}`;

/** Says in the address where the page is already. */
export function stay(place: Place): void {
  if (location.hash !== address(place)) history.replaceState(null, "", address(place));
}

/** Goes there; the page hears of it through the address. */
export function go(place: Place): void {
  location.hash = address(place);
}
