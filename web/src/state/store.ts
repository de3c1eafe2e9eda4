// SPDX-License-Identifier: Apache-2.0
import { ApiError, type Connection, type Source } from "../api/source";
import type { Geometry, RunDocument, RunRequest, RunSummary, Session, Settings, Solve, TextDocument, Verdict, What } from "../api/types";
import { frequencyToShow, solveKey, sweepOfTouchstone, type Sweep } from "../data/series";
import { Signal } from "./signal";

export interface Message {
  id: number;
  kind: "error" | "note";
  text: string;
}

export interface Overlay {
  name: string;
  sweep: Sweep;
}

/** A place in the file that the editor should show; `at` makes two equal wishes different. */
export interface Jump {
  line: number;
  column: number;
  at: number;
}

/** Results arrive faster than anybody reads: at most one rendering in this time [ms]. */
const renderEvery = 250;

/** All that the page knows, and what it can do about it. */
export class Store {
  readonly session = new Signal<Session | null>(null);
  readonly connection = new Signal<Connection>("connecting");
  readonly geometry = new Signal<Geometry | null>(null);
  readonly runs = new Signal<ReadonlyMap<number, RunDocument>>(new Map());
  readonly summaries = new Signal<readonly RunSummary[]>([]);
  readonly messages = new Signal<readonly Message[]>([]);
  /** names of ports to show; null: all */
  readonly ports = new Signal<readonly string[] | null>(null);
  readonly frequency = new Signal<number | null>(null);
  /** the solve run that is looked at; null: the newest with results */
  readonly chosen = new Signal<number | null>(null);
  readonly overlay = new Signal<Overlay | null>(null);
  /** the editor's text, null while it is as on disk */
  readonly draft = new Signal<string | null>(null);
  /** SHA-256 of the file that the draft was begun from */
  readonly draftBase = new Signal<string | null>(null);
  readonly disk = new Signal<TextDocument | null>(null);
  readonly settings = new Signal<Settings>({});
  readonly jump = new Signal<Jump | null>(null);

  /** the requirement whose deciding place is looked at */
  readonly focus = new Signal<Verdict | null>(null);

  private nextMessage = 1;
  private readonly pending = new Map<number, Solve[]>();
  private flushTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly loading = new Set<number>();
  private modelNumber = 0;
  private wish = 0;
  /** frequency that nobody chose */
  private guess: number | null = null;

  constructor(readonly source: Source) {}

  /** Loads the session and listens; returns what stops it. */
  start(): () => void {
    let lost = false;
    return this.source.listen({
      session: (session) => this.takeSession(session),
      run: (summary) => this.takeSummary(summary),
      solve: (run, solve) => this.takeSolve(run, solve),
      connection: (state) => {
        this.connection.set(state);
        if (state === "lost") lost = true;
        if (state === "open" && lost) {
          lost = false;
          this.refresh();
        }
      },
    });
  }

  say(kind: Message["kind"], text: string): void {
    if (this.messages.value.some((message) => message.text === text)) return;
    const id = this.nextMessage++;
    this.messages.update((list) => [...list.slice(-3), { id, kind, text }]);
    if (kind === "note") setTimeout(() => this.dismiss(id), 6000);
  }

  dismiss(id: number): void {
    this.messages.update((list) => list.filter((message) => message.id !== id));
  }

  /** Runs something and shows its error instead of throwing it; undefined then. */
  async attempt<T>(work: Promise<T>): Promise<T | undefined> {
    try {
      return await work;
    } catch (error) {
      const place = error instanceof ApiError && error.place.line !== null ? `${error.place.file ?? ""}:${error.place.line}:${error.place.column ?? 1}: ` : "";
      this.say("error", place + (error instanceof Error ? error.message : String(error)));
      return undefined;
    }
  }

  private takeSession(session: Session): void {
    const before = this.session.value;
    this.session.set(session);
    this.summaries.set(session.runs);
    for (const summary of session.runs) if (!this.runs.value.has(summary.run)) void this.load(summary.run);
    if (before === null || before.sha256 !== session.sha256) {
      void this.loadText();
      void this.refreshModel();
    }
  }

  private async loadText(): Promise<void> {
    const text = await this.source.text().catch(() => null);
    if (text) this.disk.set(text);
  }

  /** Asks again for everything that is shown, after the stream of events broke. */
  private refresh(): void {
    for (const [number, document] of this.runs.value) if (document.state === "running") void this.load(number);
  }

  async load(run: number): Promise<void> {
    if (this.loading.has(run)) return;
    this.loading.add(run);
    const document = await this.source.run(run).catch((error: unknown) => {
      if (!(error instanceof ApiError && error.status === "usage")) this.say("error", error instanceof Error ? error.message : String(error));
      return null;
    });
    this.loading.delete(run);
    if (!document) return;
    this.runs.update((runs) => new Map(runs).set(run, document));
    this.flush();
    const newest = Math.max(...this.runs.value.keys());
    if (this.frequency.value === null || (document.what === "solve" && document.state !== "running" && document.run === newest)) this.chooseFrequency(document);
  }

  /** The frequency that is looked at until somebody chooses another, once more when a run has ended. */
  private chooseFrequency(document: RunDocument): void {
    if (this.frequency.value !== this.guess) return;
    this.guess = frequencyToShow(document.result) ?? this.guess;
    this.frequency.set(this.guess);
  }

  private takeSummary(summary: RunSummary): void {
    this.summaries.update((list) => {
      const there = list.findIndex((other) => other.run === summary.run);
      return there < 0 ? [...list, summary] : list.map((other, i) => (i === there ? summary : other));
    });
    const document = this.runs.value.get(summary.run);
    const ended = summary.state !== "running";
    if (!document || (ended && document.state === "running")) void this.load(summary.run);
    else this.runs.update((runs) => new Map(runs).set(summary.run, { ...document, state: summary.state, progress: summary.progress }));
  }

  private takeSolve(run: number, solve: Solve): void {
    const list = this.pending.get(run);
    if (list) list.push(solve);
    else this.pending.set(run, [solve]);
    this.flushTimer ??= setTimeout(() => this.flush(), renderEvery);
  }

  /** Puts the solves that arrived into their runs; those of runs that are not loaded yet wait. */
  private flush(): void {
    clearTimeout(this.flushTimer);
    this.flushTimer = undefined;
    const runs = new Map(this.runs.value);
    let changed = false;
    for (const [run, solves] of this.pending) {
      const document = runs.get(run);
      if (!document?.result) continue;
      const there = new Set(document.result.solves.map(solveKey));
      const fresh = solves.filter((solve) => !there.has(solveKey(solve)));
      this.pending.delete(run);
      if (fresh.length === 0) continue;
      runs.set(run, { ...document, result: { ...document.result, solves: [...document.result.solves, ...fresh] } });
      changed = true;
    }
    if (changed) this.runs.set(runs);
  }

  /** Text and settings that differ from the file, for requests. */
  unsaved(): { text?: string; set?: Settings } {
    return {
      ...(this.draft.value !== null ? { text: this.draft.value } : {}),
      ...(Object.keys(this.settings.value).length > 0 ? { set: this.settings.value } : {}),
    };
  }

  /** Geometry of the text and settings as they stand; answers that were overtaken are dropped. */
  async refreshModel(): Promise<void> {
    const number = ++this.modelNumber;
    const geometry = await this.source.model(this.unsaved()).catch((error: unknown) => {
      if (!(error instanceof ApiError && error.status === "report")) this.say("error", error instanceof Error ? error.message : String(error));
      return null;
    });
    if (geometry && number === this.modelNumber) this.geometry.set(geometry);
  }

  /** Starts a run of what is in the editor; the number of the run, or undefined after a message. */
  async run(what: What, more: Partial<RunRequest> = {}): Promise<number | undefined> {
    const answer = await this.attempt(this.source.start({ what, ...this.unsaved(), ...more }));
    if (answer && what === "solve") this.chosen.set(null);
    return answer?.run;
  }

  /** Solves one frequency now, or, while something runs, when that has ended; only the last wish counts. */
  async runWhenFree(frequency: number): Promise<void> {
    const wish = ++this.wish;
    while (this.summaries.value.some((summary) => summary.state === "running")) {
      await new Promise<void>((resolve) => {
        const unsubscribe = this.summaries.subscribe(() => {
          unsubscribe();
          resolve();
        });
      });
      if (wish !== this.wish) return;
    }
    await this.run("solve", { frequency_hz: frequency });
  }

  async stop(run: number): Promise<void> {
    await this.attempt(this.source.stop(run));
  }

  async resume(run: number): Promise<void> {
    await this.attempt(this.source.resume(run));
  }

  /** Lays a measurement over the sweep; whether it could be read. */
  async overlayTouchstone(name: string, text: string): Promise<boolean> {
    const document = await this.attempt(this.source.touchstone(text));
    if (document) this.overlay.set({ name, sweep: sweepOfTouchstone(document) });
    return document !== undefined;
  }

  goTo(line: number, column: number): void {
    this.jump.set({ line, column, at: performance.now() });
  }
}
