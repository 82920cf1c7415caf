import {
  boolean,
  type Check,
  integer,
  kinds,
  list,
  matching,
  oneOf,
  shape,
  string,
} from "./check.ts";

type Checks = Readonly<Record<string, Check>>;

const style = shape(
  {},
  {
    bold: boolean,
    italic: boolean,
    strike: boolean,
    code: boolean,
    underline: boolean,
    highlight: boolean,
    client_highlight: boolean,
    unlink: boolean,
  },
);

const leaf = (required: Checks, optional: Checks = {}): Check =>
  shape({ type: string(50), ...required }, { style, ...optional });

const id = string(255);

const leaves: Checks = {
  text: leaf({ text: string(Number.POSITIVE_INFINITY) }),
  link: leaf({ url: string(3000) }, { text: string(3000, 0), unsafe: boolean }),
  user: leaf({ user_id: id }),
  usergroup: leaf({ usergroup_id: id }),
  channel: leaf({ channel_id: id }),
  team: leaf({ team_id: id }),
  emoji: leaf({ name: string(255) }, { unicode: string(255), url: string(3000) }),
  broadcast: leaf({ range: oneOf("here", "channel", "everyone") }),
  color: leaf({ value: matching(/^#[0-9a-fA-F]{6}$/, "must be a valid color") }),
  date: leaf(
    { timestamp: integer(0, Number.MAX_SAFE_INTEGER), format: string(3000) },
    { url: string(3000), fallback: string(3000) },
  ),
};

const anyLeaf = kinds(leaves);
const many = Number.POSITIVE_INFINITY;
const type: Checks = { type: string(50) };
const border: Checks = { border: oneOf(0, 1) };
const section = shape({ ...type, elements: list(anyLeaf, many, 0) });

const parts: Checks = {
  rich_text_section: section,
  rich_text_list: shape(
    {
      ...type,
      elements: list(kinds({ rich_text_section: section }), many),
      style: oneOf("bullet", "ordered"),
    },
    { ...border, indent: integer(0, 8), offset: integer(0, 1e6) },
  ),
  rich_text_quote: shape({ ...type, elements: list(anyLeaf, many, 0) }, border),
  rich_text_preformatted: shape(
    { ...type, elements: list(anyLeaf, many, 0) },
    { ...border, language: string(50) },
  ),
};

/** Text in parts that are told apart by their structure, so that nothing needs to be escaped. */
export const richText: Check = shape(
  { type: oneOf("rich_text"), elements: list(kinds(parts), many) },
  { block_id: string(255) },
);
