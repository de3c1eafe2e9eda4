// SPDX-License-Identifier: Apache-2.0
import { useMemo } from "preact/hooks";

import type { Geometry, RunDocument, Solve } from "../api/types";
import { magnitude } from "../data/complex";
import { farFieldsOf } from "../data/farfield";
import { worstIsolation } from "../data/isolation";
import { frontToBack } from "../data/pattern";
import { decibels, vswrBand } from "../data/radio";
import { nearestIndex, sweepOf } from "../data/series";
import { bytesText, durationText, fixed, frequencyText, impedanceText, nothing, significant, withError } from "../data/units";
import { show } from "../state/route";
import { useNewest, useSolveRun, useStore } from "../state/select";
import { useSignal } from "../state/signal";
import { Empty } from "./Empty";
import { Findings } from "./Findings";
import { Glance } from "./Glance";

/** What there is at a glance: model, ports at one frequency, worst isolations, verdicts, and how good the numbers are. */
export function Overview() {
  const store = useStore();
  const session = useSignal(store.session);
  const geometry = useSignal(store.geometry);
  const run = useSolveRun();
  return (
    <div class="cards">
      {run && <PortTable run={run} />}
      {run && store.source.live && <Glance run={run} />}
      <section class="card">
        <h2>Model</h2>
        {session?.title && <p class="comment">{session.title}</p>}
        <Facts geometry={geometry} />
      </section>
      {run ? (
        <>
          <Isolations run={run} />
          <Numbers run={run} />
        </>
      ) : (
        <section class="card">
          <h2>Results</h2>
          <Empty action="Solve" onAction={() => void store.run("solve")}>
            Nothing was solved yet. Press Solve, and impedances, patterns and isolations appear here as they are finished.
          </Empty>
        </section>
      )}
      <Verdicts />
      <section class="card">
        <h2>Findings</h2>
        <Findings geometry={geometry} />
      </section>
    </div>
  );
}

function Facts({ geometry }: { geometry: Geometry | null }) {
  const session = useSignal(useStore().session);
  const frequencies = geometry?.frequencies_hz ?? [];
  const ground = geometry?.ground;
  const rows: [string, string][] = [
    ["Wire segments", significant((geometry?.segments?.length ?? 0) / 7)],
    ["Triangles", significant((geometry?.triangles?.length ?? 0) / 3)],
    ["Ports", geometry?.ports?.map((port) => port.name).join(", ") || nothing],
    ["Ground", ground === undefined ? nothing : ground === null ? "none: free space" : ground === "perfect" ? "perfect conductor" : `εr ${significant(ground.eps_r)}, ${significant(ground.sigma)} S/m`],
    ["Frequencies", frequencies.length === 0 ? nothing : frequencies.length === 1 ? frequencyText(frequencies[0]) : `${frequencies.length}, ${frequencyText(frequencies[0])} to ${frequencyText(frequencies[frequencies.length - 1])}`],
    ["Unknowns", significant(geometry?.unknowns ?? null, 7)],
    ["Memory, predicted", bytesText(geometry?.memory_bytes)],
    ["Time, predicted", durationText(geometry?.seconds)],
    ["SHA-256 of the file", session?.sha256 ?? nothing],
    ["Alicorn", session?.alicorn ?? nothing],
  ];
  return (
    <dl class="facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class={name.startsWith("SHA") ? "sha" : ""}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The solve of a port at a frequency: of driven ports their own. */
function solveOf(run: RunDocument, frequency: number, port: string): Solve | undefined {
  const here = run.result?.solves.filter((solve) => solve.frequency_hz === frequency) ?? [];
  return here.find((solve) => solve.driven_port === port && solve.gain) ?? here.find((solve) => solve.sources.some((source) => source.port === port));
}

function PortTable({ run }: { run: RunDocument }) {
  const store = useStore();
  const wanted = useSignal(store.frequency);
  const sweep = useMemo(() => sweepOf(run.result), [run]);
  const fields = useMemo(() => farFieldsOf(run.result), [run]);
  if (!sweep) return null;
  const index = nearestIndex(sweep.frequency, wanted ?? sweep.frequency[0]!);
  const frequency = sweep.frequency[index]!;
  return (
    <section class="card wide">
      <h2>Ports at {frequencyText(frequency)}</h2>
      <div class="scroll" tabIndex={0} role="group" aria-label="Table, scrolls">
        <table class="names">
          <thead>
            <tr>
              <th scope="col">Port</th>
              <th scope="col">Impedance</th>
              <th scope="col">± [Ω]</th>
              <th scope="col">VSWR</th>
              <th scope="col">|Sᵢᵢ| [dB]</th>
              <th scope="col">Largest gain [dBi]</th>
              <th scope="col">towards</th>
              <th scope="col">Front to back [dB]</th>
            </tr>
          </thead>
          <tbody>
            {sweep.ports.map((port, i) => {
              const s = sweep.s[index]![i]![i]!;
              const error = sweep.error[index]?.[i]?.[i] ?? null;
              const standing = vswrBand(s, error);
              const solve = solveOf(run, frequency, port);
              const field = fields.find((each) => each.port === port && each.solve.frequency_hz === frequency);
              const source = solve?.sources.find((each) => each.port === port);
              return (
                <tr key={port}>
                  <th scope="row">{port}</th>
                  <td>{impedanceText(source?.impedance ?? null)}</td>
                  <td>{significant(source?.impedance_error ?? null, 2)}</td>
                  <td>{significant(standing.value, 3)}</td>
                  <td>{fixed(decibels(magnitude(s)), 1)}</td>
                  <td>{solve?.gain ? withError(solve.gain.max_dbi, solve.gain.max_error_db, "", 2) : nothing}</td>
                  <td>{solve?.gain ? `θ ${fixed(solve.gain.theta_deg, 0)}°, φ ${fixed(solve.gain.phi_deg, 0)}°` : nothing}</td>
                  <td>{field ? fixed(frontToBack(field.pattern), 1) : nothing}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Isolations({ run }: { run: RunDocument }) {
  const sweep = useMemo(() => sweepOf(run.result), [run]);
  const rows = useMemo(() => {
    if (!sweep) return [];
    const pairs = worstIsolation(sweep);
    return sweep.ports
      .flatMap((from, j) => sweep.ports.slice(j + 1).map((to, k) => ({ from, to, worst: pairs[j + 1 + k]![j]! })))
      .filter((row) => row.worst.value !== null)
      .sort((a, b) => a.worst.value! - b.worst.value!)
      .slice(0, 5);
  }, [sweep]);
  if (rows.length === 0) return null;
  return (
    <section class="card">
      <h2>Least isolation over all frequencies</h2>
      <table class="names">
        <thead>
          <tr>
            <th scope="col">Pair</th>
            <th scope="col">Isolation [dB]</th>
            <th scope="col">at</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.from}/${row.to}`}>
              <th scope="row">
                {row.from} – {row.to}
              </th>
              <td>{withError(row.worst.value, row.worst.error, "", 2)}</td>
              <td>{frequencyText(row.worst.frequency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        <a href="#isolation">All pairs</a>
      </p>
    </section>
  );
}

function Numbers({ run }: { run: RunDocument }) {
  const solves = run.result?.solves ?? [];
  const largest = (pick: (solve: Solve) => number | null | undefined) =>
    solves.reduce<number | null>((most, solve) => {
      const value = pick(solve);
      return value === null || value === undefined ? most : Math.max(most ?? value, value);
    }, null);
  const sweeps = run.result?.sweeps ?? [];
  const rows: [string, string][] = [
    ["Solves", significant(solves.filter((solve) => !solve.interpolated).length)],
    ...sweeps.map((sweep): [string, string] => [`Sweep of task ${sweep.task}`, `${sweep.solved} of ${sweep.frequencies} solved, the rest within ${significant(sweep.error, 2)}`]),
    ["Unknowns", significant(largest((solve) => solve.unknowns), 7)],
    ["Largest residual", significant(largest((solve) => solve.residual), 2)],
    ["Largest matrix error", significant(largest((solve) => solve.matrix_error), 2)],
    ["Largest error of an impedance", `${significant(largest((solve) => solve.sources.reduce<number | null>((most, source) => (source.impedance_error === null ? most : Math.max(most ?? 0, source.impedance_error)), null)), 2)} Ω`],
    ["Linear algebra", run.result?.blas ?? nothing],
    ["Time", durationText(run.seconds)],
    ["SHA-256 of the text solved", run.sha256],
  ];
  return (
    <section class="card">
      <h2>How good are the numbers</h2>
      <dl class="facts">
        {rows
          .filter(([, value]) => value !== nothing && value !== `${nothing} Ω`)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd class={name.startsWith("SHA") ? "sha" : ""}>{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

function Verdicts() {
  const store = useStore();
  const session = useSignal(store.session);
  const check = useNewest("check")?.check;
  if (!session || session.requirements === 0) return null;
  const passed = check ? check.verdicts.length - check.failed - check.undecided : 0;
  return (
    <section class="card">
      <h2>Requirements</h2>
      {check ? (
        <>
          <p class="tally">
            <span class="verdict pass">✓ {passed} passed</span> <span class="verdict fail">✗ {check.failed} failed</span> <span class="verdict undecided">? {check.undecided} undecided</span>
          </p>
          <p>
            <button type="button" onClick={() => show("requirements")}>
              See them all
            </button>
          </p>
        </>
      ) : (
        <Empty action="Check" onAction={() => void store.run("check")}>
          The project has {session.requirements} requirements, not judged yet.
        </Empty>
      )}
    </section>
  );
}
