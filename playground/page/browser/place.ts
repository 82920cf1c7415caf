/** Through whose eyes the page looks, and at which channel; kept in the address. */
export interface Place {
  readonly person: string;
  readonly channel: string;
}

/** The place that the address names, or the one to begin at. */
export function here(): Place {
  const [person = "", channel = ""] = location.hash.slice(1).split("/");
  return { person: person || "ada", channel };
}

/** Goes there; the page hears of it through the address. */
export function go(place: Place): void {
  location.hash = place.channel === "" ? place.person : `${place.person}/${place.channel}`;
}
