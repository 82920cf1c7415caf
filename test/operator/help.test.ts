import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { COMMANDS } from "../../src/operator/commands.ts";
import { ask, operate } from "./operator.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

describe("snapshot-bot", () => {
  test("is the package's bin", async () => {
    const { bin } = JSON.parse(await readFile(`${ROOT}/package.json`, "utf8"));
    expect(bin).toEqual({ "snapshot-bot": "src/operator.js" });
  });

  test.each([[[]], [["--help"]], [["help"]]])(
    "typed with %j lists every command",
    async (words) => {
      const { code, out, note } = await operate(words);
      expect([code, note]).toEqual([0, ""]);
      for (const { name } of COMMANDS) expect(out).toContain(`${name} `);
      for (const { summary } of COMMANDS) expect(out).toContain(summary);
    },
  );

  test.each(COMMANDS.map(({ name }) => name))(
    "%s --help says each of its options",
    async (name) => {
      const { code, out } = await ask([...name.split(" "), "--help"]);
      expect(code).toBe(0);
      const options = COMMANDS.find((command) => command.name === name)?.options ?? {};
      for (const option of Object.keys(options)) expect(out).toContain(`--${option}`);
    },
  );

  test.each([
    [["ledger"]],
    [["ledger", "verfy"]],
    [["policy", "explain", "--colour", "red"]],
    [["policy", "check", "more"]],
    [["policy", "check"]],
    [["policy", "explain", "--file", "x.yml"]],
    [["policy", "explain", "--project", "1e3", "--region", "148", "--file", "x.yml"]],
    [["policy", "explain", "--project", "1", "--region", "2", "--tag", "=v", "--file", "x.yml"]],
    [["policy", "explain", "--project", "1", "--region", "2", "--set", "a=1", "--remove", "a"]],
    [["ledger", "export", "--from", "9", "--to", "3"]],
    [["ledger", "export", "--database", "mysql://x"]],
    [["ledger", "verify", "--file", "a", "--database", "sqlite:b"]],
    [["ledger", "verify", "--file", "a", "--checkpoints", "b"]],
    [["ledger", "verify", "--file", "a", "--checkpoints", "b", "--key", "nonsense"]],
    [["ledger", "key"]],
  ])("typed wrongly, as %j, says what is meant, and exits with 2", async (words) => {
    const { code, out, note } = await ask(words);
    expect([code, out]).toEqual([2, ""]);
    expect(note).toContain("snapshot-bot");
    expect(note).not.toContain("    at ");
  });

  test("exits with 2 after wrong usage, and keeps its output empty", async () => {
    const { code, out, note } = await operate(["ledger", "verfy"]);
    expect([code, out]).toEqual([2, ""]);
    expect(note).toContain("There is no command like this.");
  });

  test("gives nothing of a broken key ring away", async () => {
    const ring = `k1:${Buffer.alloc(32, "a").toString("base64")}`;
    const { code, note } = await operate(["ledger", "key"], { KEY_RING: ring });
    expect(code).toBe(2);
    expect(note).toContain("KEY_RING");
    expect(note).not.toContain(ring.slice(3, 20));
  });

  test("on a Node that is too old says so in one line", () => {
    const script = `
      Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.20.2" } });
      await import("./src/operator.js");`;
    const { status, stderr } = spawnSync(
      process.execPath,
      ["--input-type=module", "--eval", script],
      { cwd: ROOT, encoding: "utf8" },
    );
    expect(status).toBe(1);
    expect(stderr).toBe("snapshot-bot needs Node 24 or newer; this is Node 20.20.2.\n");
  });
});
