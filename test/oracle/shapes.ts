import type { HomeView, KnownBlock, ModalView } from "@slack/types";
import type { AppsManifestValidateArguments } from "@slack/web-api";

/** What the oracle is made of: Slack's own types, with every block a known one. */
export interface OracleMessage {
  text: string;
  blocks: KnownBlock[];
}
export type OracleModal = Omit<ModalView, "blocks"> & { blocks: KnownBlock[] };
export type OracleHome = Omit<HomeView, "blocks"> & { blocks: KnownBlock[] };
export type OracleManifest = AppsManifestValidateArguments["manifest"];
