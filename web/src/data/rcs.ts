// SPDX-License-Identifier: Apache-2.0
import type { CrossSection, Result } from "../api/types";

export type Polarisation = "vv" | "hv" | "vh" | "hh";
export const polarisations: readonly Polarisation[] = ["vv", "hh", "hv", "vh"];

export interface RcsSet {
  frequency: number;
  /** receiver where the wave comes from */
  monostatic: boolean;
  rows: CrossSection[];
}

/** Cross-sections of a result by frequency, ascending. */
export function rcsOf(result: Result | undefined | null): RcsSet[] {
  const sets: RcsSet[] = [];
  for (const solve of result?.solves ?? []) {
    if (!solve.rcs || solve.rcs.length === 0) continue;
    const rows = solve.rcs;
    const monostatic = rows.every((row) => row.theta_deg === row.theta_inc_deg && row.phi_deg === row.phi_inc_deg);
    const there = sets.find((set) => set.frequency === solve.frequency_hz && set.monostatic === monostatic);
    if (there) there.rows = there.rows.concat(rows);
    else sets.push({ frequency: solve.frequency_hz, monostatic, rows });
  }
  return sets.sort((a, b) => a.frequency - b.frequency);
}

export const dbsm = (row: CrossSection, p: Polarisation): number | null => row[`${p}_dbsm`];
export const dbsmError = (row: CrossSection, p: Polarisation): number | null => row[`${p}_error_db`];

/** Which angle a set runs over: the one with more values. */
export function sweptAngle(rows: readonly CrossSection[]): "phi_deg" | "theta_deg" {
  const count = (key: "phi_deg" | "theta_deg") => new Set(rows.map((row) => row[key])).size;
  return count("phi_deg") >= count("theta_deg") ? "phi_deg" : "theta_deg";
}

/** Values of the angle that is held, ascending. */
export function heldAngles(rows: readonly CrossSection[], swept: "phi_deg" | "theta_deg"): number[] {
  const held = swept === "phi_deg" ? "theta_deg" : "phi_deg";
  return [...new Set(rows.map((row) => row[held]))].sort((a, b) => a - b);
}

/** Polarisations that echo at all: others lie so far below the strongest that they are rounding. */
export function echoing(rows: readonly CrossSection[], below = 150): Polarisation[] {
  const greatest = new Map(polarisations.map((p) => [p, rows.reduce((most, row) => Math.max(most, dbsm(row, p) ?? -Infinity), -Infinity)]));
  const top = Math.max(...greatest.values());
  return polarisations.filter((p) => greatest.get(p)! > Math.max(top - below, -Infinity));
}

export interface Trace {
  angle: number[];
  value: (number | null)[];
  error: (number | null)[];
}

/** One polarisation along the swept angle, at one value of the held one. */
export function rcsTrace(rows: readonly CrossSection[], p: Polarisation, swept: "phi_deg" | "theta_deg", held: number): Trace {
  const other = swept === "phi_deg" ? "theta_deg" : "phi_deg";
  const chosen = rows.filter((row) => row[other] === held).sort((a, b) => a[swept] - b[swept]);
  return { angle: chosen.map((row) => row[swept]), value: chosen.map((row) => dbsm(row, p)), error: chosen.map((row) => dbsmError(row, p)) };
}

/** Share q (0 to 1) of the values lies below the answer; linear between order statistics, null of none. Missing values (no echo) are the smallest. */
export function quantile(values: readonly (number | null)[], q: number): number | null {
  if (values.length === 0) return null;
  const sorted = values.map((value) => value ?? -Infinity).sort((a, b) => a - b);
  const place = q * (sorted.length - 1);
  const low = sorted[Math.floor(place)]!;
  const high = sorted[Math.ceil(place)]!;
  const value = low === high ? low : low + (high - low) * (place - Math.floor(place));
  return Number.isFinite(value) ? value : null;
}

export interface RcsStatistics {
  least: number | null;
  median: number | null;
  percentile90: number | null;
  greatest: number | null;
  /** 10 log10 of the mean of sigma over the samples [dBsm] */
  mean: number | null;
}

export function rcsStatistics(values: readonly (number | null)[]): RcsStatistics {
  const known = values.filter((value): value is number => value !== null);
  const mean = known.length === 0 ? 0 : known.reduce((sum, value) => sum + 10 ** (value / 10), 0) / values.length;
  return {
    least: quantile(values, 0),
    median: quantile(values, 0.5),
    percentile90: quantile(values, 0.9),
    greatest: quantile(values, 1),
    mean: mean > 0 ? 10 * Math.log10(mean) : null,
  };
}
