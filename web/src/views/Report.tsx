// SPDX-License-Identifier: Apache-2.0
import type { ComponentType } from "preact";

import type { Input } from "../api/types";
import { sweepOf } from "../data/series";
import { useNewest, useRcsRuns, useSolveRun, useStore } from "../state/select";
import { useSignal } from "../state/signal";
import { Cosite } from "./Cosite";
import { Isolation } from "./Isolation";
import { ModelPicture } from "./ModelPicture";
import { Overview } from "./Overview";
import { Pattern } from "./Pattern";
import { Rcs } from "./Rcs";
import { Requirements } from "./Requirements";
import { Sweep } from "./Sweep";

/** All sections that this report has something for, one below the other, as they are printed. */
export function Report() {
  const store = useStore();
  const session = useSignal(store.session);
  const geometry = useSignal(store.geometry);
  const solves = useSolveRun()?.result?.solves ?? [];
  const ports = sweepOf(useSolveRun()?.result)?.ports.length ?? 0;
  const sections: [title: string, there: boolean, section: ComponentType][] = [
    ["Matching", ports > 0, Sweep],
    ["Isolation", ports > 1, Isolation],
    ["Patterns", solves.some((solve) => solve.patterns?.length), Pattern],
    ["Radar cross-section", useRcsRuns().length > 0, Rcs],
    ["Requirements", useNewest("check")?.check !== undefined, Requirements],
    ["Interference between radios", useNewest("cosite")?.cosite !== undefined, Cosite],
  ];
  const { made, inputs } = store.source.origin ?? { made: null, inputs: [] };
  return (
    <div class="report">
      <p class="muted">
        Report of {session?.file}
        {made && `, made ${made.replace("T", " ").replace("Z", " UTC")}`} by Alicorn {session?.alicorn}
      </p>
      <Overview />
      <Inputs inputs={inputs} />
      {geometry?.good && (
        <section class="card part">
          <h2>Picture of the model</h2>
          <ModelPicture geometry={geometry} />
        </section>
      )}
      {sections.map(
        ([title, there, Section]) =>
          there && (
            <section key={title} class="part" aria-label={title}>
              <h2>{title}</h2>
              <Section />
            </section>
          ),
      )}
    </div>
  );
}

/** What was read, with the digests that `sha256sum` gives. */
function Inputs({ inputs }: { inputs: readonly Input[] }) {
  if (inputs.length === 0) return null;
  return (
    <section class="card">
      <h2>Inputs</h2>
      <p class="muted">Whoever has files with these digests has the model that this report is about.</p>
      <div class="scroll" tabIndex={0} role="group" aria-label="Table, scrolls">
        <table>
          <thead>
            <tr>
              <th scope="col">File</th>
              <th scope="col">SHA-256</th>
            </tr>
          </thead>
          <tbody>
            {inputs.map((input) => (
              <tr key={input.file}>
                <th scope="row">{input.file}</th>
                <td>
                  <code>{input.sha256}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
