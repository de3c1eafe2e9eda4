// SPDX-License-Identifier: Apache-2.0
import { ApiError, type Source } from "./source";
import type { ReportDocument } from "./types";

/** Id of the script element that holds a report's documents. */
export const embeddedId = "alicorn";

/** The documents inside this page, or null if it is no report. */
export function readEmbedded(page: Document): ReportDocument | null {
  const text = page.getElementById(embeddedId)?.textContent?.trim();
  if (!text) return null;
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null || !("session" in value)) return null;
  return value as ReportDocument;
}

/** A report as a source: what was computed, and nothing new. */
export function createEmbedded(report: ReportDocument): Source {
  const given = <T>(value: T | undefined | null, what: string): Promise<T> =>
    value === undefined || value === null
      ? Promise.reject(new ApiError("report", `This report holds no ${what}.`))
      : Promise.resolve(value);
  const refuse = () => Promise.reject(new ApiError("report", "A report cannot run or write anything. Use `alicorn view`."));
  return {
    live: false,
    origin: { made: report.made ?? null, inputs: report.inputs ?? [] },
    session: () => Promise.resolve(report.session),
    text: () => given(report.text, "input"),
    save: refuse,
    model: () => given(report.model, "geometry"),
    start: refuse,
    stop: refuse,
    resume: refuse,
    run: (number) => given(report.runs.find((run) => run.run === number), `run ${number}`),
    compare: () => given(report.compare, "comparison"),
    touchstone: refuse,
    listen: (listener) => {
      listener.connection("open");
      listener.session(report.session);
      return () => undefined;
    },
  };
}
