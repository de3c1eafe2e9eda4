// SPDX-License-Identifier: Apache-2.0
// What views read out of the store.
import { createContext } from "preact";
import { useContext, useMemo } from "preact/hooks";

import type { RunDocument, What } from "../api/types";
import { useSignal } from "./signal";
import type { Store } from "./store";

export const StoreContext = createContext<Store | null>(null);

export function useStore(): Store {
  const store = useContext(StoreContext);
  if (!store) throw new Error("no store around this component");
  return store;
}

/** The newest run of a kind that has a document of it. */
export function newest(runs: ReadonlyMap<number, RunDocument>, usable: (run: RunDocument) => boolean): RunDocument | null {
  let best: RunDocument | null = null;
  for (const run of runs.values()) if (usable(run) && (best === null || run.run > best.run)) best = run;
  return best;
}

const hasSolves = (run: RunDocument) => run.what === "solve" && (run.result?.solves.length ?? 0) > 0;

/** The solve run that is looked at. */
export function useSolveRun(): RunDocument | null {
  const store = useStore();
  const runs = useSignal(store.runs);
  const chosen = useSignal(store.chosen);
  return useMemo(() => {
    const wanted = chosen === null ? undefined : runs.get(chosen);
    return wanted && hasSolves(wanted) ? wanted : newest(runs, hasSolves);
  }, [runs, chosen]);
}

/** The newest run with cross-sections: of an RCS run, or of a solve that asked for them. */
export function useRcsRuns(): RunDocument[] {
  const runs = useSignal(useStore().runs);
  return useMemo(() => [...runs.values()].filter((run) => run.result?.solves.some((solve) => solve.rcs?.length)).sort((a, b) => b.run - a.run), [runs]);
}

export function useNewest(what: What): RunDocument | null {
  const runs = useSignal(useStore().runs);
  return useMemo(() => newest(runs, (run) => run.what === what && (what === "check" ? run.check !== undefined : what === "cosite" ? run.cosite !== undefined : true)), [runs, what]);
}

/** Ports to show of those that there are: the chosen ones, or all. */
export function usePorts(all: readonly string[]): readonly string[] {
  const ports = useSignal(useStore().ports);
  return useMemo(() => {
    if (ports === null) return all;
    const shown = all.filter((port) => ports.includes(port));
    return shown.length > 0 ? shown : all;
  }, [ports, all]);
}

export function useRunning() {
  const summaries = useSignal(useStore().summaries);
  return summaries.find((summary) => summary.state === "running") ?? null;
}
