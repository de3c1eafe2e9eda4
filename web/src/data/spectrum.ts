// SPDX-License-Identifier: Apache-2.0
import type { CositeDocument, Interference } from "../api/types";

/** The wider half of a margin's error bar [dB], the upper one where there may be no coupling at all; null where none is known. */
export function marginError(row: { margin_db: number | null; margin_least_db: number | null; margin_most_db: number | null }): number | null {
  if (row.margin_db === null || row.margin_most_db === null) return null;
  return Math.max(row.margin_most_db - row.margin_db, row.margin_least_db === null ? 0 : row.margin_db - row.margin_least_db);
}

/** What disturbs one receiver, from all or one of the transmitters; worst first. */
export function interferencesOf(document: CositeDocument, victim: string, aggressor: string | null): Interference[] {
  return document.interferences
    .filter((row) => row.victim === victim && (aggressor === null || row.tones.some((tone) => tone.radio === aggressor)))
    .sort((a, b) => (b.margin_db ?? -Infinity) - (a.margin_db ?? -Infinity));
}

/** "third harmonic of VHF at 34 MHz" and the like. */
export function describe(row: Interference): string {
  const tones = row.tones.map((tone) => {
    const multiple = Math.abs(tone.coefficient) === 1 ? "" : `${Math.abs(tone.coefficient)} × `;
    const what = tone.emission === "carrier" || tone.emission === row.emission ? "" : ` (${tone.emission}${tone.number > 0 ? ` ${tone.number}` : ""})`;
    return `${tone.coefficient < 0 ? "− " : ""}${multiple}${tone.radio}${what}`;
  });
  const list = tones.join(" + ").replaceAll("+ − ", "− ");
  const number = row.emission === "harmonic" && row.tones[0] ? ` ${row.tones[0].number}` : "";
  const mixer = row.p !== 0 || row.q !== 0 ? ` |${row.p} RF ± ${row.q} LO|` : "";
  const order = row.order > 0 ? `, order ${row.order}` : "";
  return `${row.emission}${number} of ${list}, ${row.response}${mixer}${order}`;
}

export interface SpectrumLine {
  frequency: number;
  level: number;
  limit: number | null;
  label: string;
  row: Interference;
}

/** Lines of a spectrum at the receiver. Rows without a level have none. */
export function spectrumLines(rows: readonly Interference[]): SpectrumLine[] {
  return rows.flatMap((row) => (row.level_dbm === null ? [] : [{ frequency: row.frequency_hz, level: row.level_dbm, limit: row.limit_dbm, label: describe(row), row }]));
}
