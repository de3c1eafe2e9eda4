// SPDX-License-Identifier: Apache-2.0
import type { Verdict } from "../api/types";
import { fixed, frequencyText, nothing, significant } from "./units";

const titles: Record<string, string> = {
  isolation: "Isolation",
  vswr: "VSWR",
  return_loss: "Return loss",
  gain: "Gain",
  ripple: "Ripple over azimuth",
  coverage: "Coverage",
  blind: "Blind azimuths",
  axial_ratio: "Axial ratio",
  efficiency: "Efficiency",
  rcs: "Cross-section",
  tacan: "TACAN",
  cosite: "Cosite margin",
};

export const requirementTitle = (verdict: Verdict): string => titles[verdict.requirement] ?? verdict.requirement;

const unitOf = (verdict: Verdict) => (verdict.unit ? ` ${verdict.unit}` : "");

/** "≥ 22 dB", "2 … 3", with what counts. */
export function limitText(verdict: Verdict): string {
  const limits: string[] = [];
  if (verdict.at_least !== null) limits.push(`≥ ${significant(verdict.at_least)}${unitOf(verdict)}`);
  if (verdict.at_most !== null) limits.push(`≤ ${significant(verdict.at_most)}${unitOf(verdict)}`);
  const extras: string[] = [];
  if (verdict.gain_dbi !== null && verdict.gain_dbi !== undefined) extras.push(`counting ${significant(verdict.gain_dbi)} dBi`);
  if (verdict.percentile !== null && verdict.percentile !== undefined) extras.push(`${significant(verdict.percentile)} % of directions`);
  if (verdict.detail) extras.push(verdict.detail);
  return [limits.join(", ") || nothing, ...extras].join("; ");
}

/** "19.31 dB (19.29 … 19.34)" */
export function valueText(verdict: Verdict): string {
  if (verdict.value === null) return nothing;
  const bar =
    verdict.value_least !== null && verdict.value_most !== null && verdict.value_least !== verdict.value_most
      ? ` (${significant(verdict.value_least)} … ${significant(verdict.value_most)})`
      : "";
  return `${significant(verdict.value)}${unitOf(verdict)}${bar}`;
}

/** Port, pair, frequency and direction of the sample that decides. */
export function placeText(verdict: Verdict): string {
  const parts: string[] = [];
  if (verdict.port) parts.push(verdict.other_port ? `${verdict.port} → ${verdict.other_port}` : verdict.port);
  if (verdict.frequency_hz !== null) parts.push(frequencyText(verdict.frequency_hz));
  if (verdict.theta_deg !== null) parts.push(`θ ${fixed(verdict.theta_deg, 0)}°`);
  if (verdict.phi_deg !== null) parts.push(`φ ${fixed(verdict.phi_deg, 0)}°`);
  return parts.join(", ") || nothing;
}

export interface LimitLine {
  label: string;
  value: number;
}

/** Limits of a requirement as lines in a plot of its quantity; none of other ones. */
export function limitLines(verdict: Verdict | null, quantity: string): LimitLine[] {
  if (verdict === null || verdict.requirement !== quantity) return [];
  const lines: LimitLine[] = [];
  if (verdict.at_least !== null) lines.push({ label: `at least ${significant(verdict.at_least)}${unitOf(verdict)}`, value: verdict.at_least });
  if (verdict.at_most !== null) lines.push({ label: `at most ${significant(verdict.at_most)}${unitOf(verdict)}`, value: verdict.at_most });
  return lines;
}

/** Which view shows what decided. */
export function viewOf(verdict: Verdict): "sweep" | "isolation" | "pattern" | "rcs" | "cosite" | null {
  switch (verdict.requirement) {
    case "isolation":
      return "isolation";
    case "vswr":
    case "return_loss":
      return "sweep";
    case "gain":
    case "ripple":
    case "coverage":
    case "blind":
    case "axial_ratio":
    case "tacan":
      return "pattern";
    case "rcs":
      return "rcs";
    case "cosite":
      return "cosite";
    default:
      return null;
  }
}
