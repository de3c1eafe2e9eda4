// SPDX-License-Identifier: Apache-2.0
// From values to places on a colour scale, and the scale's labels.
import { niceTicks } from "../data/ticks";
import { fixed, prefixOf, significant } from "../data/units";

/** Linear from 0 to `most`, or logarithmic over `range` decibels below it. */
export interface Scale {
  most: number;
  /** [dB]; 0: linear */
  range: number;
}

/** Place of a magnitude on the scale, 0 to 1. */
export function placeOf(value: number, scale: Scale): number {
  if (!(value > 0) || !(scale.most > 0)) return 0;
  const share = value / scale.most;
  const place = scale.range > 0 ? 1 + (20 * Math.log10(share)) / scale.range : share;
  return Math.min(1, Math.max(0, place));
}

export interface Tick {
  /** 0 to 1 */
  place: number;
  text: string;
}

export interface LegendText {
  title: string;
  ticks: Tick[];
}

/** Title and ticks of a scale of magnitudes in some unit. */
export function magnitudeLegend(symbol: string, unit: string, scale: Scale): LegendText {
  const prefix = prefixOf(scale.most);
  if (scale.range > 0)
    return {
      title: `${symbol} [dB], 0 dB: ${significant(scale.most / prefix.factor, 3)} ${prefix.sign}${unit}`,
      ticks: decibelTicks(-scale.range, 0),
    };
  const high = scale.most / prefix.factor;
  return {
    title: `${symbol} [${prefix.sign}${unit}]`,
    ticks: niceTicks(0, high, 5).map((value) => ({ place: high > 0 ? value / high : 0, text: significant(value, 3) })),
  };
}

/** Ticks of a scale that is in decibels already. */
export function decibelTicks(low: number, high: number): Tick[] {
  return niceTicks(low, high, 6).map((value) => ({ place: (value - low) / (high - low), text: fixed(value, Number.isInteger(value) ? 0 : 1) }));
}
