// SPDX-License-Identifier: Apache-2.0
import type { RunSummary } from "../api/types";
import { durationText, frequencyText } from "../data/units";
import { useRunning, useStore } from "../state/select";
import { useSignal } from "../state/signal";

const names = { solve: "Solve", rcs: "Cross-sections", check: "Requirements", cosite: "Cosite" } as const;

/** Starts, shows, stops and resumes runs. */
export function RunBar() {
  const store = useStore();
  const running = useRunning();
  const summaries = useSignal(store.summaries);
  const runs = useSignal(store.runs);
  const frequency = useSignal(store.frequency);
  const geometry = useSignal(store.geometry);
  const session = useSignal(store.session);
  const newest = summaries.reduce<RunSummary | null>((best, each) => (best === null || each.run > best.run ? each : best), null);
  const document = newest ? runs.get(newest.run) : undefined;
  const bad = geometry?.good === false;
  return (
    <section class="runbar" aria-label="Runs">
      {running ? (
        <button type="button" class="stop" onClick={() => void store.stop(running.run)}>
          ■ Stop
        </button>
      ) : (
        <>
          <button type="button" class="primary" disabled={bad} title={bad ? "The model has errors: see Edit" : "Solve all that the file requests"} onClick={() => void store.run("solve")}>
            ▶ Solve
          </button>
          {frequency !== null && (
            <button type="button" disabled={bad} onClick={() => void store.run("solve", { frequency_hz: frequency })}>
              <span class="wide">Only </span>
              {frequencyText(frequency)}
            </button>
          )}
          {(session?.requirements ?? 0) > 0 && (
            <button type="button" disabled={bad} onClick={() => void store.run("check")}>
              Check
            </button>
          )}
          {newest?.state === "stopped" && (
            <button type="button" onClick={() => void store.resume(newest.run)}>
              Resume
            </button>
          )}
        </>
      )}
      {running && <progress max={running.progress.total || 1} value={running.progress.total ? running.progress.done : undefined} aria-label="Progress of the run" />}
      <p class="state" role="status" aria-live="polite">
        {running
          ? `${names[running.what]} ${running.run}: ${running.progress.done} of ${running.progress.total}${running.progress.stage ? `, ${running.progress.stage}` : ""}`
          : newest
            ? `${names[newest.what]} ${newest.run} ${newest.state}${document?.seconds ? ` in ${durationText(document.seconds)}` : ""}${document?.error ? `: ${document.error.message}` : ""}`
            : bad
              ? "The model has errors: see Edit."
              : "Nothing was solved yet."}
      </p>
    </section>
  );
}
