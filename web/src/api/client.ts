// SPDX-License-Identifier: Apache-2.0
import { ApiError, type Listener, type Source } from "./source";
import type { ErrorDocument, RunSummary, Session, Solve } from "./types";

/** What the client needs of EventSource, so that tests can stand in for it. */
export interface Stream {
  readyState: number;
  onopen: ((event: Event) => void) | null;
  onerror: ((event: Event) => void) | null;
  addEventListener(name: string, handler: (event: MessageEvent<string>) => void): void;
  close(): void;
}

export interface ClientOptions {
  /** address of the interface, ending in "/" */
  base?: string;
  token: string;
  fetch?: typeof fetch;
  stream?: (address: string) => Stream;
  /** first wait before a closed stream is opened again, doubled up to 10 s [ms] */
  retry?: number;
}

const closed = 2; // EventSource.CLOSED
const longestRetry = 10_000;

function isErrorDocument(value: unknown): value is { error: ErrorDocument } {
  if (typeof value !== "object" || value === null) return false;
  const error = (value as { error?: unknown }).error;
  return typeof error === "object" && error !== null && typeof (error as { message?: unknown }).message === "string";
}

/** The interface of a running `alicorn view`. */
export function createClient(options: ClientOptions): Source {
  const base = options.base ?? "";
  const request = options.fetch ?? fetch.bind(globalThis);
  const open = options.stream ?? ((address: string) => new EventSource(address) as Stream);

  async function ask<T>(method: string, path: string, body?: unknown, type = "application/json"): Promise<T> {
    const headers: Record<string, string> = { "X-Alicorn-Token": options.token };
    if (body !== undefined) headers["Content-Type"] = type;
    let answer: Response;
    try {
      answer = await request(`${base}${path}`, {
        method,
        headers,
        cache: "no-store",
        body: body === undefined ? undefined : type === "application/json" ? JSON.stringify(body) : String(body),
      });
    } catch {
      throw new ApiError("network", "The program does not answer. Is `alicorn view` still running?");
    }
    let document: unknown = null;
    try {
      const text = await answer.text();
      document = text === "" ? null : JSON.parse(text);
    } catch {
      if (answer.ok) throw new ApiError("network", "The answer of the program broke off.", undefined, answer.status);
    }
    if (isErrorDocument(document)) {
      const { status, message, file, line, column } = document.error;
      throw new ApiError(status, message, { file, line, column }, answer.status);
    }
    if (!answer.ok) {
      const message =
        answer.status === 403
          ? "The program refuses this page. Open the address that `alicorn view` printed."
          : `The program answered with ${answer.status}.`;
      throw new ApiError("network", message, undefined, answer.status);
    }
    return document as T;
  }

  function listen(listener: Listener): () => void {
    let stream: Stream | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stopped = false;
    const first = options.retry ?? 500;
    let wait = first;

    const connect = () => {
      if (stopped) return;
      listener.connection("connecting");
      const now = open(`${base}api/events?token=${encodeURIComponent(options.token)}`);
      stream = now;
      now.onopen = () => {
        wait = first;
        listener.connection("open");
      };
      now.onerror = () => {
        if (stopped) return;
        listener.connection("lost");
        if (now.readyState !== closed) return; // the browser tries again by itself
        now.close();
        clearTimeout(timer);
        timer = setTimeout(connect, wait);
        wait = Math.min(2 * wait, longestRetry);
      };
      now.addEventListener("session", (event) => listener.session(JSON.parse(event.data) as Session));
      now.addEventListener("run", (event) => listener.run(JSON.parse(event.data) as RunSummary));
      now.addEventListener("solve", (event) => {
        const document = JSON.parse(event.data) as { run: number; solve: Solve };
        listener.solve(document.run, document.solve);
      });
    };
    connect();
    return () => {
      stopped = true;
      clearTimeout(timer);
      stream?.close();
    };
  }

  return {
    live: true,
    session: () => ask("GET", "api/session"),
    text: () => ask("GET", "api/text"),
    save: (text, expect) => ask("PUT", "api/text", { text, expect }),
    model: (body) => ask("POST", "api/model", body),
    start: (body) => ask("POST", "api/run", body),
    stop: (run) => ask("POST", "api/stop", { run }),
    resume: (run) => ask("POST", "api/resume", { run }),
    run: (run) => ask("GET", `api/run?run=${run}`),
    compare: (a, b) => ask("GET", `api/compare?a=${a}&b=${b}`),
    touchstone: (text) => ask("POST", "api/touchstone", text, "text/plain"),
    listen,
  };
}
