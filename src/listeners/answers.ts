import type { ModalView } from "@slack/types";
import type { ViewState } from "../blocks/view-state.ts";

/** How the submission of a view can be answered; each of them is the one answer to it. */
export interface SubmissionAnswer {
  /** Shows another view in its place. */
  update(view: ModalView): Promise<void>;
  /** Keeps it open, with a text under each of these inputs. */
  errors(errors: Record<string, string>): Promise<void>;
  /** Closes it; what lies below it comes up. */
  close(): Promise<void>;
}

/** An open view as Slack sends it along. */
export interface OpenView {
  readonly id: string;
  readonly private_metadata: string;
}

/** A view as it was sent off. */
export interface SubmittedView extends OpenView {
  readonly state: { readonly values: ViewState };
}
