// SPDX-License-Identifier: Apache-2.0
// The program under test: `alicorn view`, and the command line that tells what the page has to show.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

const patience = 20_000; // [ms] for the server to begin and to end

const running = new Set();
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL"))); // after a failure

/** A running `alicorn view`. */
export class View {
  static async start(program, file, ...options) {
    const view = new View();
    view.process = spawn(program, ["view", file, "--no-open", ...options], { stdio: ["ignore", "pipe", "pipe"] });
    running.add(view.process);
    view.said = "";
    view.process.stderr.on("data", (data) => (view.said += data));
    const timer = setTimeout(() => view.process.kill("SIGKILL"), patience);
    const { value } = await createInterface({ input: view.process.stdout })[Symbol.asyncIterator]().next();
    clearTimeout(timer);
    if (!/^http:\/\/127\.0\.0\.1:\d+\/\?token=[0-9a-f]{32}$/.test(value ?? "")) throw new Error(`alicorn view: ${value} ${view.said}`);
    view.url = value;
    return view;
  }

  /** Ends it as Ctrl-C does. */
  async end() {
    if (this.process.exitCode !== null || this.process.signalCode !== null) throw new Error(`alicorn view ended by itself: ${this.process.exitCode} ${this.process.signalCode} ${this.said}`);
    const over = once(this.process, "exit");
    this.process.kill("SIGINT");
    const timer = setTimeout(() => this.process.kill("SIGKILL"), patience);
    const [code, signal] = await over;
    clearTimeout(timer);
    if (code !== 0) throw new Error(`alicorn view ended with ${code ?? signal}: ${this.said}`);
  }
}

/** What a command prints; `check` ends with 5 where a requirement fails. */
export function run(program, cwd, ...command) {
  const done = spawnSync(program, command, { cwd, encoding: "utf8", maxBuffer: 1 << 28 });
  if (done.status !== 0 && !(command[0] === "check" && done.status === 5)) throw new Error(`alicorn ${command.join(" ")}: ${done.status} ${done.stderr}`);
  return done.stdout;
}

/** The document that a command writes. */
export const document = (program, cwd, ...command) => JSON.parse(run(program, cwd, ...command, "--json", "-"));
