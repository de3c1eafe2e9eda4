// SPDX-License-Identifier: Apache-2.0
// Serves docs/api.md from fixtures/, so that the page can be worked on without the program. Runs take a few seconds and stream.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Plugin } from "vite";

import type { CheckDocument, CompareDocument, CositeDocument, Geometry, Result, RunDocument, RunRequest, RunSummary, Session, Solve } from "./src/api/types";

const read = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url), "utf8");
const json = <T>(name: string) => JSON.parse(read(name)) as T;
const sha = (text: string) => createHash("sha256").update(text).digest("hex");

class Refusal extends Error {
  constructor(readonly http: number, readonly status: string, message: string) {
    super(message);
  }
}

function body(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString()));
    request.on("end", () => resolve(text));
    request.on("error", reject);
  });
}

function create(empty: boolean) {
  let text = read("mast.yaml");
  const runs: RunDocument[] = [];
  const queues = new Map<number, Solve[]>();
  const listeners = new Set<ServerResponse>();
  const send = (event: string, document: unknown) => listeners.forEach((listener) => listener.write(`event: ${event}\ndata: ${JSON.stringify(document)}\n\n`));
  const summary = ({ run, what, state, progress, sha256, set }: RunDocument): RunSummary => ({ run, what, state, progress, sha256, set });
  const variables = () =>
    [...text.matchAll(/^ {2}(\w+): ([\d.]+)\s+#/gm)].map((match) => ({ name: match[1]!, value: Number(match[2]), text: match[2]! }));
  const session = (): Session => ({
    alicorn: "0.1.0",
    file: "mast.yaml",
    kind: "project",
    sha256: sha(text),
    title: "Mast with five marine VHF dipoles",
    variables: variables(),
    requirements: 9,
    runs: runs.map(summary),
  });
  const start = (request: RunRequest, finished: boolean): RunDocument => {
    const run: RunDocument = {
      run: runs.length + 1,
      what: request.what,
      state: finished ? "finished" : "running",
      error: null,
      sha256: sha(request.text ?? text),
      set: request.set ?? {},
      started: Date.now() / 1000,
      seconds: finished ? 2.4 : null,
      progress: { done: 0, total: 1, stage: "" },
    };
    runs.push(run);
    if (request.what === "check") run.check = finished ? json<CheckDocument>("check.json") : undefined;
    else if (request.what === "cosite") run.cosite = finished ? json<CositeDocument>("cosite.json") : undefined;
    else {
      const result = json<Result>(request.what === "rcs" ? "rcs.json" : "solve.json");
      const solves = result.solves.filter((solve) => request.frequency_hz === undefined || solve.frequency_hz === request.frequency_hz);
      run.result = { ...result, solves: finished ? solves : [] };
      run.progress = { done: finished ? solves.length : 0, total: solves.length, stage: finished ? "" : "solving" };
      if (!finished) queues.set(run.run, [...solves]);
    }
    return run;
  };
  const advance = (run: RunDocument) => {
    if (run.state !== "running") return;
    const queue = queues.get(run.run);
    const next = queue?.splice(0, 2) ?? [];
    for (const solve of next) {
      run.result!.solves.push(solve);
      run.progress.done += 1;
      send("solve", { run: run.run, solve });
    }
    if (!queue || queue.length === 0) {
      run.state = "finished";
      run.seconds = Date.now() / 1000 - run.started;
      run.progress = { ...run.progress, done: run.progress.total, stage: "" };
      if (run.what === "check") run.check = json("check.json");
      if (run.what === "cosite") run.cosite = json("cosite.json");
    } else setTimeout(() => advance(run), 60);
    send("run", summary(run));
  };
  if (!empty) {
    start({ what: "solve" }, true);
    start({ what: "check" }, true);
    start({ what: "rcs" }, true);
    start({ what: "cosite" }, true);
    start({ what: "solve", set: { out: 0.9 } }, true);
  }
  const find = (number: number) => {
    const run = runs.find((each) => each.run === number);
    if (!run) throw new Refusal(404, "usage", `there is no run ${number}`);
    return run;
  };
  const answer = async (request: IncomingMessage, response: ServerResponse, address: URL): Promise<unknown> => {
    const given = request.method === "GET" ? "" : await body(request);
    const document = given.startsWith("{") ? (JSON.parse(given) as Record<string, unknown>) : {};
    switch (`${request.method} ${address.pathname}`) {
      case "GET /api/session":
        return session();
      case "GET /api/text":
        return { text, sha256: sha(text) };
      case "PUT /api/text":
        if (document.expect !== sha(text)) throw new Refusal(409, "conflict", "the file has changed");
        text = String(document.text);
        setTimeout(() => send("session", session()));
        return { sha256: sha(text) };
      case "POST /api/model": {
        const now = typeof document.text === "string" ? document.text : text;
        const wrong = now.split("\n").findIndex((line) => line.includes("wrong"));
        if (wrong >= 0)
          return { good: false, findings: [{ severity: "error", name: null, message: "parts: unknown key 'wrong'", file: "mast.yaml", line: wrong + 1, column: now.split("\n")[wrong]!.indexOf("wrong") + 1 }] };
        return json<Geometry>("model.json");
      }
      case "POST /api/run": {
        if (runs.some((run) => run.state === "running")) throw new Refusal(409, "busy", "a run is going on");
        const run = start(document as unknown as RunRequest, false);
        setTimeout(() => {
          send("run", summary(run));
          setTimeout(() => advance(run), 400);
        });
        return { run: run.run };
      }
      case "POST /api/stop": {
        const run = find(Number(document.run));
        if (run.state === "running") run.state = "stopped";
        send("run", summary(run));
        return {};
      }
      case "POST /api/resume": {
        const run = find(Number(document.run));
        run.state = "running";
        send("run", summary(run));
        setTimeout(() => advance(run), 200);
        return { run: run.run };
      }
      case "GET /api/run":
        return find(Number(address.searchParams.get("run")));
      case "GET /api/compare":
        return json<CompareDocument>("compare.json");
      case "POST /api/touchstone":
        return touchstone(json<Result>("solve.json"));
      case "GET /api/events":
        response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
        response.write(`event: session\ndata: ${JSON.stringify(session())}\n\n`);
        listeners.add(response);
        response.on("close", () => listeners.delete(response));
        return undefined;
      default:
        throw new Refusal(404, "usage", `there is no ${address.pathname}`);
    }
  };
  return answer;
}

/** A stand-in for a measurement: the computed S, moved by 2 % in frequency. */
function touchstone(result: Result) {
  const solves = result.solves.filter((solve) => solve.task === 1 && solve.driven_port === result.solves[0]!.driven_port);
  return { ports: solves[0]!.ports!.map((_, i) => String(i + 1)), z0: solves[0]!.z0, frequency_hz: solves.map((solve) => solve.frequency_hz * 1.02), s: solves.map((solve) => solve.s) };
}

/** `MOCK=empty npm run dev` starts without any run. */
export function mockServer(): Plugin {
  return {
    name: "alicorn-mock",
    apply: "serve",
    configureServer(server) {
      const answer = create(process.env.MOCK === "empty");
      server.middlewares.use((request, response, next) => {
        const address = new URL(request.url ?? "/", "http://localhost");
        if (!address.pathname.startsWith("/api/")) return next();
        answer(request, response, address).then(
          (document) => {
            if (document === undefined) return;
            response.writeHead(200, { "Content-Type": "application/json" });
            response.end(JSON.stringify(document));
          },
          (error: unknown) => {
            const refusal = error instanceof Refusal ? error : new Refusal(500, "numeric", String(error));
            response.writeHead(refusal.http, { "Content-Type": "application/json" });
            response.end(JSON.stringify({ error: { status: refusal.status, message: refusal.message, file: null, line: null, column: null } }));
          },
        );
      });
    },
  };
}
