// SPDX-License-Identifier: Apache-2.0
// Far fields of a result, each with what radiates it.
import type { Pattern, Result, Solve } from "../api/types";

export interface FarField {
  key: string;
  /** the port that is driven, or what else excites the antenna */
  port: string;
  solve: Solve;
  pattern: Pattern;
}

export const excitationOf = (solve: Solve): string =>
  solve.driven_port ?? (solve.sources.length === 1 ? solve.sources[0]!.port : solve.sources.length > 1 ? "all sources" : solve.drive);

const isGain = (pattern: Pattern) => pattern.quantity !== "field" && pattern.total_dbi !== undefined;

/** All gains of a result, in its order. */
export const farFieldsOf = (result: Result | undefined | null): FarField[] =>
  (result?.solves ?? []).flatMap((solve) =>
    (solve.patterns ?? []).filter(isGain).map((pattern, i) => ({ key: `${solve.task}/${solve.frequency_hz}/${excitationOf(solve)}/${i}`, port: excitationOf(solve), solve, pattern })),
  );
