import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { lchown, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { copyPrograms } from "./programs.ts";

/** A Postgres of its own, with its programs and its files in a temporary folder. */
export interface Cluster {
  /** `postgres://USER:PASSWORD@127.0.0.1:PORT/postgres`, of the user who may do everything. */
  readonly url: string;
  start(): Promise<void>;
  /** Stops it without a word to anybody (`pg_ctl stop -m immediate`). */
  stop(): Promise<void>;
  remove(): Promise<void>;
}

const PASSWORD = "not-for-anybodys-eyes";

/** Without fsync the death of its processes loses nothing; that of the machine would. */
const SETTINGS = ["fsync=off", "full_page_writes=off", "shared_buffers=32MB"];

/** Makes a cluster; it does not run yet. */
export async function makeCluster(): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), "snapshot-bot-postgres-"));
  const bin = await copyPrograms(folder);
  const data = join(folder, "data");
  const secret = join(folder, "password");
  await writeFile(secret, PASSWORD);
  const user = unprivileged();
  if (user !== undefined) {
    // With the programs: a mask may have kept others from reading them.
    for (const path of ["", ...(await readdir(folder, { recursive: true }))]) {
      await lchown(join(folder, path), user.uid, user.gid);
    }
  }
  const options = { cwd: folder, ...user };
  await promisify(execFile)(
    join(bin, "initdb"),
    ["-D", data, "-U", "postgres", "-A", "scram-sha-256", "--pwfile", secret]
      .concat(["--no-sync", "--no-instructions", "-E", "UTF8", "--no-locale"])
      .concat(SETTINGS.flatMap((setting) => ["-c", setting])),
    options,
  );
  const port = await freePort();
  let server: ChildProcess | undefined;
  return {
    url: `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/postgres`,
    async start() {
      server = spawn(join(bin, "postgres"), ["-D", data, "-p", String(port)].concat(ONLY_TCP), {
        ...options,
        stdio: ["ignore", "ignore", "pipe"],
      });
      await isUp(server);
    },
    async stop() {
      if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
      const stopped = once(server, "exit");
      server.kill("SIGQUIT");
      await stopped;
    },
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

const ONLY_TCP = ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="];

/** Postgres does not run as root: then it runs as `nobody`, who is in every system. */
const unprivileged = (): { uid: number; gid: number } | undefined =>
  process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : undefined;

function isUp(server: ChildProcess): Promise<void> {
  let said = "";
  return new Promise((done, fail) => {
    server.stderr?.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4_000);
      if (said.includes("ready to accept connections")) done();
    });
    server.once("exit", () => fail(new Error(`Postgres did not start: ${said}`)));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}
