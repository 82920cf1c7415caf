import { FIELD_LENGTH, type FormInput, setLine } from "./form-input.ts";
import { keyFault, valueFault } from "./rules.ts";
import { isProtected, type Snapshot, type SnapshotRef, type Tag } from "./snapshot.ts";

/** A snapshot and its place as one text, for a form to hold. */
export const refText = ({ projectId, regionId, snapshotId }: SnapshotRef): string =>
  `${projectId}/${regionId}/${snapshotId}`;

/** The tags that a person may change, today's rules can name, and a line can hold as they are. */
export const editableTags = ({ tags }: Pick<Snapshot, "tags">): readonly Tag[] =>
  tags.filter(
    (tag) =>
      !isProtected(tag) &&
      keyFault(tag.key) === undefined &&
      valueFault(tag.key, tag.value) === undefined &&
      tag.value.trim() === tag.value,
  );

/**
 * The form for a snapshot that was chosen: its name and its tags as text to edit. What a person has
 * typed stays, and comes first; what stood there of the snapshot chosen before (`from`) goes.
 */
export function fillForm(input: FormInput, from: Snapshot | undefined, to: Snapshot): FormInput {
  const typed = typedInput(input, from);
  const lines = linesOf(typed.set);
  const named = new Set(lines.map(keyOfLine));
  const own = editableTags(to)
    .filter(({ key }) => !named.has(key))
    .map(setLine);
  const there = new Set(editableTags(to).map(({ key }) => key));
  return {
    ...input,
    project: String(to.projectId),
    region: String(to.regionId),
    snapshot: refText(to),
    name: typed.name === "" ? to.name : typed.name,
    set: withRoom(typed.set.trimEnd(), own),
    remove: linesOf(input.remove)
      .filter((key) => from === undefined || there.has(key))
      .join("\n"),
  };
}

/**
 * What the person typed in a form that was filled from a snapshot: the name and the lines that stand
 * there as they were are no wish. Where all other tags are to go, each line is one.
 */
export function typedInput(input: FormInput, filled: Snapshot | undefined): FormInput {
  if (filled === undefined) return input;
  const own = new Set(editableTags(filled).map(setLine));
  const lines = input.set.split(/\r\n|\r|\n/).filter((line) => !own.has(line.trim()));
  return {
    ...input,
    name: input.name.trim() === filled.name.trim() ? "" : input.name,
    set: input.clear ? input.set : lines.join("\n"),
  };
}

/** Tags from elsewhere among what stands in a form: they go before what was filled in, not before what was typed. */
export function copyTags(
  input: FormInput,
  filled: Snapshot | undefined,
  copied: readonly Tag[],
): FormInput {
  const typed = typedInput({ ...input, clear: false }, filled).set.trimEnd();
  const named = new Set(linesOf(typed).map(keyOfLine));
  const added = copied.filter(({ key }) => !named.has(key));
  for (const { key } of added) named.add(key);
  const rest = linesOf(input.set).filter((line) => !named.has(keyOfLine(line)));
  const taken = new Set(copied.map(({ key }) => key));
  return {
    ...input,
    set: withRoom(typed, [...added.map(setLine), ...rest]),
    remove: linesOf(input.remove)
      .filter((key) => !taken.has(key))
      .join("\n"),
  };
}

/** As many of the lines as the field has room for. */
function withRoom(text: string, lines: readonly string[]): string {
  let all = text;
  for (const line of lines) {
    const next = all === "" ? line : `${all}\n${line}`;
    if (next.length <= FIELD_LENGTH) all = next;
  }
  return all;
}

const linesOf = (text: string): readonly string[] =>
  text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");

const keyOfLine = (line: string): string => {
  const equals = line.indexOf("=");
  return (equals < 0 ? line : line.slice(0, equals)).trim();
};
