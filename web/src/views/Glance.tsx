// SPDX-License-Identifier: Apache-2.0
import { useMemo } from "preact/hooks";

import type { RunDocument } from "../api/types";
import { lineStyle } from "../data/colour";
import { farFieldsOf } from "../data/farfield";
import { azimuthCut, elevationCut, largestOf } from "../data/pattern";
import { nearestIndex, sweepOf } from "../data/series";
import { frequencyText, significant } from "../data/units";
import { Curves } from "../plots/Curves";
import type { Axis } from "../plots/curve";
import { Polar, type PolarTrace } from "../plots/Polar";
import { usePorts, useStore } from "../state/select";
import { useSignal } from "../state/signal";
import { useDark } from "../state/theme";
import { choices, curvesOf } from "./Sweep";

const none: string[] = [];
const band: Axis = { label: "Frequency", unit: "Hz" };
/** From the outermost ring to the centre [dB]. */
const polarRange = 40;

/** What everybody looks at first: standing waves over the band, and the pattern through its largest gain. */
export function Glance({ run }: { run: RunDocument }) {
  const store = useStore();
  const marker = useSignal(store.frequency);
  const isDark = useDark();
  const sweep = useMemo(() => sweepOf(run.result), [run]);
  const ports = usePorts(sweep?.ports ?? none);
  const standing = useMemo(
    () => (sweep ? ports.flatMap((port, k) => curvesOf(sweep, sweep.ports.indexOf(port), sweep.ports.indexOf(port), choices.vswr, port, k, isDark, false)) : []),
    [sweep, ports, isDark],
  );
  const fields = useMemo(() => farFieldsOf(run.result), [run]);
  const here = useMemo(() => {
    const frequencies = [...new Set(fields.map((field) => field.solve.frequency_hz))];
    const at = frequencies[nearestIndex(frequencies, marker ?? frequencies[0] ?? 0)];
    const seen = new Set<string>();
    return fields.filter((field) => {
      if (field.solve.frequency_hz !== at || seen.has(field.port) || (sweep?.ports.includes(field.port) && !ports.includes(field.port))) return false;
      seen.add(field.port);
      return true;
    });
  }, [fields, marker, ports, sweep]);
  const peak = here[0] ? largestOf(here[0].pattern) : null;
  const along = peak !== null && Math.abs(peak.theta - 90) > 89;
  const cuts = (cut: typeof azimuthCut, angle: number): PolarTrace[] =>
    here.flatMap((field, i) => {
      const made = cut(field.pattern, angle);
      return made ? [{ label: field.port, ...lineStyle(sweep ? Math.max(0, ports.indexOf(field.port)) : i, isDark), cut: made }] : [];
    });
  const azimuth = peak === null ? [] : cuts(azimuthCut, along ? 90 : peak.theta);
  const elevation = peak === null ? [] : cuts(elevationCut, peak.phi);
  const at = here[0] ? frequencyText(here[0].solve.frequency_hz) : "";
  if (standing.length === 0 && azimuth.length === 0 && elevation.length === 0) return null;
  return (
    <div class="wide glance">
      {standing.length > 0 && <Curves title="Standing wave ratio" curves={standing} x={band} y={choices.vswr.axis} marker={marker} onPick={(hz) => store.frequency.set(hz)} height={300} />}
      {azimuth.length > 0 && <Polar title={`Azimuth at θ = ${significant(azimuth[0]!.cut.at)}°, ${at}`} traces={azimuth} unit="dBi" range={polarRange} layout="azimuth" />}
      {elevation.length > 0 && <Polar title={`Elevation at φ = ${significant(elevation[0]!.cut.at)}°, ${at}`} traces={elevation} unit="dBi" range={polarRange} layout="elevation" />}
    </div>
  );
}
