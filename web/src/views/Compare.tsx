// SPDX-License-Identifier: Apache-2.0
import { useEffect, useMemo, useState } from "preact/hooks";

import { runTitle } from "../app/SelectionBar";
import type { CompareDocument, CompareRow } from "../api/types";
import { quantityNames as names, rankedRows } from "../data/compare";
import { csvText, type Cell } from "../data/csv";
import { fixed, frequencyText, nothing, significant } from "../data/units";
import { download } from "../plots/download";
import { useStore } from "../state/select";
import { useSignal } from "../state/signal";
import { Empty } from "./Empty";

const rowLimit = 300;

const what = (row: CompareRow) =>
  [
    row.from !== null && row.port !== null && row.from !== row.port ? `${row.from} → ${row.port}` : (row.port ?? row.from),
    row.polarisation?.toUpperCase(),
    row.statistic === "value" ? null : row.statistic,
    row.level === null ? null : row.statistic === "percentile" ? `${significant(row.level)} %` : `${significant(row.level)} dBi`,
  ]
    .filter(Boolean)
    .join(", ");

const where = (hz: number | null, theta: number | null, phi: number | null) =>
  [hz === null ? null : frequencyText(hz), theta === null ? null : `θ ${significant(theta)}°`, phi === null ? null : `φ ${significant(phi)}°`].filter(Boolean).join(", ");

/** Two runs point by point, in short. */
export function Compare() {
  const store = useStore();
  const runs = useSignal(store.runs);
  const list = useMemo(() => [...runs.values()].filter((run) => run.result?.solves.length && run.state !== "running").sort((x, y) => x.run - y.run), [runs]);
  const [a, setA] = useState<number | null>(null);
  const [b, setB] = useState<number | null>(null);
  const [document, setDocument] = useState<CompareDocument | null>(null);
  const first = list.some((run) => run.run === a) ? a! : (list[list.length - 2]?.run ?? null);
  const second = list.some((run) => run.run === b) ? b! : (list[list.length - 1]?.run ?? null);
  const embedded = !store.source.live;
  useEffect(() => {
    let gone = false;
    setDocument(null);
    if (embedded) void store.source.compare(0, 0).then(setDocument, () => undefined);
    else if (first !== null && second !== null && first !== second)
      void store.attempt(store.source.compare(first, second)).then((answer) => {
        if (!gone && answer) setDocument(answer);
      });
    return () => {
      gone = true;
    };
  }, [first, second]);
  if (embedded && !document) return <Empty>This report compares nothing. Make one with two files to see them side by side.</Empty>;
  if (!embedded && list.length < 2)
    return <Empty>Comparing needs two runs: solve once, change a variable or the text under Edit, and solve again. What changed, and whether it is more than the error bars, appears here.</Empty>;
  const choose = (label: string, value: number | null, set: (run: number) => void) => (
    <label>
      {label}
      <select value={String(value)} onChange={(event) => set(Number(event.currentTarget.value))}>
        {list.map((run) => (
          <option key={run.run} value={String(run.run)}>
            {runTitle(run)}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <>
      {!embedded && (
        <div class="bar">
          {choose("A", first, setA)}
          {choose("B", second, setB)}
        </div>
      )}
      {first === second && !embedded ? <Empty>Choose two different runs.</Empty> : document ? <Rows document={document} /> : <p class="empty">Comparing …</p>}
    </>
  );
}

function Rows({ document }: { document: CompareDocument }) {
  const [quantity, setQuantity] = useState("");
  const [points, setPoints] = useState(false);
  const [changed, setChanged] = useState(true);
  const all = points ? document.points : document.summary;
  const kinds = useMemo(() => [...new Set([...document.summary, ...document.points].map((row) => row.quantity))], [document]);
  const rows = useMemo(
    () => rankedRows(document, all).filter((row) => (quantity === "" || row.quantity === quantity) && (!changed || row.within_error !== true)),
    [all, quantity, changed],
  );
  const csv = () => {
    const keys = Object.keys(document.summary[0] ?? document.points[0] ?? {}) as (keyof CompareRow)[];
    return csvText(
      ["list", ...keys],
      [...document.summary.map((row): Cell[] => ["summary", ...keys.map((key) => row[key])]), ...document.points.map((row): Cell[] => ["point", ...keys.map((key) => row[key])])],
    );
  };
  return (
    <section class="card">
      <h2>
        A: {document.a_title} – B: {document.b_title}
      </h2>
      <div class="bar">
        <label>
          Quantity
          <select value={quantity} onChange={(event) => setQuantity(event.currentTarget.value)}>
            <option value="">all</option>
            {kinds.map((kind) => (
              <option key={kind} value={kind}>
                {names[kind] ?? kind}
              </option>
            ))}
          </select>
        </label>
        <label class="check">
          <input type="checkbox" checked={points} onChange={(event) => setPoints(event.currentTarget.checked)} />
          Point by point
        </label>
        <label class="check">
          <input type="checkbox" checked={changed} onChange={(event) => setChanged(event.currentTarget.checked)} />
          Only changes larger than their error
        </label>
        <button type="button" onClick={() => download("compare.csv", csv(), "text/csv")}>
          CSV of everything
        </button>
      </div>
      {document.only.length > 0 && (
        <ul class="only">
          {document.only.map((each, i) => (
            <li key={i}>
              Only in {each.side.toUpperCase()}: {each.kind} {each.name ?? ""} {each.count > 1 ? `(${each.count})` : ""}
              {each.low_hz !== null ? `, ${frequencyText(each.low_hz)} to ${frequencyText(each.high_hz)}` : ""}
            </li>
          ))}
        </ul>
      )}
      <div class="scroll" tabIndex={0} role="group" aria-label="Table, scrolls">
        <table>
          <thead>
            <tr>
              <th scope="col">Quantity</th>
              <th scope="col">Of</th>
              <th scope="col">A</th>
              <th scope="col">B</th>
              <th scope="col">Change</th>
              <th scope="col">± error</th>
              <th scope="col">Unit</th>
              <th scope="col">where (B)</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, rowLimit).map((row, i) => (
              <tr key={i} class={row.within_error ? "muted" : ""}>
                <th scope="row">{names[row.quantity] ?? row.quantity}</th>
                <td>{what(row)}</td>
                <td>{fixed(row.a, 2)}</td>
                <td>{fixed(row.b, 2)}</td>
                <td>{row.change === null ? nothing : `${row.change > 0 ? "+" : ""}${fixed(row.change, 2)}`}</td>
                <td>{row.error === null ? nothing : fixed(row.error, 2)}</td>
                <td>{row.unit ?? ""}</td>
                <td>{where(row.frequency_b_hz ?? row.frequency_a_hz, row.theta_b_deg ?? row.theta_a_deg, row.phi_b_deg ?? row.phi_a_deg) || nothing}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="muted">
        {rows.length === 0 ? "Nothing changed by more than its error." : rows.length > rowLimit ? `${rowLimit} rows of ${rows.length}, of each quantity the largest change first; the CSV has all.` : `${rows.length} rows, of each quantity the largest change first.`}
      </p>
    </section>
  );
}
