import { backup } from "./backup.ts";
import type { Command } from "./command.ts";
import { doctor } from "./doctor.ts";
import { keysRotate } from "./keys-rotate.ts";
import { keysStatus } from "./keys-status.ts";
import { ledgerExport } from "./ledger-export.ts";
import { ledgerKey } from "./ledger-key.ts";
import { ledgerVerify } from "./ledger-verify.ts";
import { migrate } from "./migrate.ts";
import { outbox } from "./outbox.ts";
import { policyCheck } from "./policy-check.ts";
import { policyExplain } from "./policy-explain.ts";
import { restore } from "./restore.ts";
import { setup } from "./setup.ts";

/** Every command of the operator's program, in the order of its help. */
export const COMMANDS: readonly Command[] = [
  setup,
  doctor,
  policyCheck,
  policyExplain,
  ledgerExport,
  ledgerVerify,
  ledgerKey,
  outbox,
  keysStatus,
  keysRotate,
  migrate,
  backup,
  restore,
];
