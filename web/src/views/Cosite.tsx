// SPDX-License-Identifier: Apache-2.0
import { useMemo, useState } from "preact/hooks";

import type { CositeDocument } from "../api/types";
import { describe, interferencesOf, marginError, spectrumLines } from "../data/spectrum";
import { fixed, frequencyText, nothing, withError } from "../data/units";
import { HeatMap } from "../plots/HeatMap";
import { Spectrum } from "../plots/Spectrum";
import { useNewest, useStore } from "../state/select";
import { Empty } from "./Empty";

const rowLimit = 60;

/** Which radio disturbs which, and by what. */
export function Cosite() {
  const store = useStore();
  const document = useNewest("cosite")?.cosite;
  return (
    <>
      {store.source.live && <Ask open={document === undefined} />}
      {document ? (
        <Matrix document={document} />
      ) : (
        <Empty>
          There is no cosite analysis yet. Choose a radios file (see docs/radios.md) and press Analyse; it takes the S-parameters that the file names, or those of the newest solve.
        </Empty>
      )}
    </>
  );
}

function Ask({ open }: { open: boolean }) {
  const store = useStore();
  const [text, setText] = useState("");
  return (
    <details class="card" open={open}>
      <summary>Radios</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void store.run("cosite", { radios: text });
        }}
      >
        <label class="drop">
          Radios file (YAML)
          <input type="file" accept=".yaml,.yml" onChange={(event) => void event.currentTarget.files?.[0]?.text().then(setText)} />
        </label>
        <label class="block">
          Its text
          <textarea rows={8} spellcheck={false} value={text} onInput={(event) => setText(event.currentTarget.value)} />
        </label>
        <button type="submit" class="primary" disabled={text.trim() === ""}>
          Analyse
        </button>
      </form>
    </details>
  );
}

function Matrix({ document }: { document: CositeDocument }) {
  const [pair, setPair] = useState<readonly [string, string] | null>(null);
  const [selected, setSelected] = useState<number | null>(null);
  const names = document.radios.map((radio) => radio.name);
  const victims = document.radios.filter((radio) => radio.receive_hz.some((hz) => hz !== null)).map((radio) => radio.name);
  const aggressors = document.radios.filter((radio) => radio.transmit_hz.some((hz) => hz !== null)).map((radio) => radio.name);
  const byPair = useMemo(() => new Map(document.pairs.map((each) => [`${each.victim}\n${each.aggressor}`, each])), [document]);
  const looked = useMemo((): readonly [string, string] | null => {
    if (pair && names.includes(pair[0]) && names.includes(pair[1])) return pair;
    const worst = document.pairs.reduce<(typeof document.pairs)[number] | null>((best, each) => (each.margin_db !== null && (best === null || each.margin_db > best.margin_db!) ? each : best), null);
    return worst ? [worst.victim, worst.aggressor] : null;
  }, [pair, document]);
  const rows = useMemo(() => (looked ? interferencesOf(document, looked[0], looked[1]) : []), [document, looked]);
  const lines = useMemo(() => spectrumLines(rows), [rows]);
  const all = looked ? document.all_at_once.find((each) => each.victim === looked[0]) : undefined;
  const here = looked ? byPair.get(`${looked[0]}\n${looked[1]}`) : undefined;
  return (
    <div class="columns even">
      <div>
        <HeatMap
          title="Worst margin over all channels"
          rows={victims}
          columns={aggressors}
          rowTitle="receiver"
          columnTitle="transmitter"
          unit="dB above what is allowed"
          reversed
          cell={(i, j) => {
            const found = byPair.get(`${victims[i]}\n${aggressors[j]}`);
            if (!found) return null;
            const text = found.margin_db === null ? (found.unknown > 0 ? "?" : "none") : `${fixed(found.margin_db, 0)}${found.unknown > 0 ? " ?" : ""}`;
            const detail = `${found.margin_db === null ? "nothing found" : found.margin_db > document.asked_margin_db ? "disturbed" : "not disturbed"}${found.unknown > 0 ? ", some paths have no data" : ""}`;
            return { value: found.margin_db, text, detail };
          }}
          selected={looked ? [victims.indexOf(looked[0]), aggressors.indexOf(looked[1])] : null}
          onPick={(i, j) => {
            if (!byPair.has(`${victims[i]}\n${aggressors[j]}`)) return;
            setPair([victims[i]!, aggressors[j]!]);
            setSelected(null);
          }}
        />
        <p class="muted">Above {fixed(document.asked_margin_db, 0)} dB: disturbed. “?”: some path has no data, it may be worse.</p>
      </div>
      {looked && (
        <div>
          {lines.length > 0 ? (
            <Spectrum title={`${looked[0]} disturbed by ${looked[1]}`} lines={lines} selected={selected} onPick={setSelected} />
          ) : (
            <section class="card">
              <h3>
                {looked[0]} and {looked[1]}
              </h3>
              <p>Nothing above the floor of {fixed(document.floor_db, 0)} dB was found between them.</p>
            </section>
          )}
          <dl class="facts">
            <div>
              <dt>Isolation that mends it</dt>
              <dd>{here?.needed_db === null || here === undefined ? nothing : `${fixed(here.needed_db, 1)} dB more`}</dd>
            </div>
            <div>
              <dt>Channel pairs left alone</dt>
              <dd>{here?.availability === null || here === undefined ? nothing : `${fixed(100 * here.availability, 1)} %`}</dd>
            </div>
            {all && (
              <div>
                <dt>With all radios at once</dt>
                <dd>
                  {withError(all.margin_db, marginError(all), "", 1)} dB{all.beyond_law ? " at most" : ""}{all.desensitisation_db === null ? "" : `, desensitised by ${fixed(all.desensitisation_db, 1)} dB`}
                </dd>
              </div>
            )}
          </dl>
        </div>
      )}
      {rows.length > 0 && (
        <section class="card full">
          <h3>What disturbs {looked![0]}</h3>
          <div class="scroll" tabIndex={0} role="group" aria-label="Table, scrolls">
            <table>
              <thead>
                <tr>
                  <th scope="col">What</th>
                  <th scope="col">Channel</th>
                  <th scope="col">arrives at</th>
                  <th scope="col">Level [dBm]</th>
                  <th scope="col">Limit [dBm]</th>
                  <th scope="col">Margin [dB]</th>
                  <th scope="col">Path [dB]</th>
                </tr>
              </thead>
              <tbody>
                {rows.slice(0, rowLimit).map((row, i) => (
                  <tr key={i} class={lines[selected ?? -1]?.row === row ? "selected" : ""}>
                    <th scope="row">
                      {describe(row)}
                      {row.assumed ? " (path assumed)" : ""}
                      {row.beyond_law ? " (at most)" : ""}
                    </th>
                    <td>{frequencyText(row.receive_hz)}</td>
                    <td>{frequencyText(row.frequency_hz)}</td>
                    <td>{fixed(row.level_dbm, 1)}</td>
                    <td>{fixed(row.limit_dbm, 1)}</td>
                    <td class={(row.margin_db ?? -1) > document.asked_margin_db ? "bad" : ""}>{withError(row.margin_db, marginError(row), "", 1)}</td>
                    <td>{fixed(row.path_db, 1)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {rows.length > rowLimit && <p class="muted">The {rowLimit} worst of {rows.length}; the CSV of the plot has all.</p>}
        </section>
      )}
      {document.plan && (
        <section class="card full">
          <h3>Channel plan</h3>
          <p>
            {document.plan.state}; {document.plan.conflicts} {document.plan.conflicts === 1 ? "conflict" : "conflicts"}, worst margin {fixed(document.plan.worst_margin_db, 1)} dB.
            {document.availability !== null && ` Left alone in ${fixed(100 * document.availability, 1)} % of ${document.combinations} combinations tried.`}
          </p>
          <ul class="plan">
            {document.plan.transmit_hz.map((frequency, i) => (
              <li key={names[i]}>
                <strong>{names[i]}</strong> {frequency === null ? "receives only" : frequencyText(frequency)}
              </li>
            ))}
          </ul>
        </section>
      )}
      {document.no_path_data.length > 0 && (
        <details class="card full">
          <summary>{document.no_path_data.length} things could not be followed: no path data</summary>
          <ul>
            {document.no_path_data.slice(0, rowLimit).map((row, i) => (
              <li key={i}>
                {row.aggressor} → {row.victim}: {row.emission}
                {row.number > 0 ? ` ${row.number}` : ""}, {frequencyText(row.low_hz)} to {frequencyText(row.high_hz)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
