// SPDX-License-Identifier: Apache-2.0
import type {
  CompareDocument,
  ErrorDocument,
  Geometry,
  Input,
  RunDocument,
  RunRequest,
  RunSummary,
  Session,
  Settings,
  Solve,
  TextDocument,
  TouchstoneDocument,
} from "./types";

/** An error of the interface, or of the way to it (status `network`). */
export class ApiError extends Error {
  constructor(
    readonly status: ErrorDocument["status"] | "network" | "report",
    message: string,
    readonly place: { file: string | null; line: number | null; column: number | null } = { file: null, line: null, column: null },
    readonly http = 0,
  ) {
    super(message);
    this.name = "ApiError";
  }
}

export type Connection = "connecting" | "open" | "lost";

export interface Listener {
  session(session: Session): void;
  run(run: RunSummary): void;
  solve(run: number, solve: Solve): void;
  connection(state: Connection): void;
}

/** Where the page has its documents from: the program, or the report that it is part of. */
export interface Source {
  /** false: a report; nothing can be run or written */
  readonly live: boolean;
  /** of a report: when it was made, and from what */
  readonly origin?: { made: string | null; inputs: readonly Input[] };
  session(): Promise<Session>;
  text(): Promise<TextDocument>;
  save(text: string, expect: string): Promise<{ sha256: string }>;
  model(request: { text?: string; set?: Settings }): Promise<Geometry>;
  start(request: RunRequest): Promise<{ run: number }>;
  stop(run: number): Promise<void>;
  resume(run: number): Promise<void>;
  run(run: number): Promise<RunDocument>;
  compare(a: number, b: number): Promise<CompareDocument>;
  touchstone(text: string): Promise<TouchstoneDocument>;
  /** Calls the listener until the returned function is called. */
  listen(listener: Listener): () => void;
}
