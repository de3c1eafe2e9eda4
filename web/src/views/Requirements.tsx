// SPDX-License-Identifier: Apache-2.0
import type { Verdict } from "../api/types";
import { limitText, placeText, requirementTitle, valueText, viewOf } from "../data/requirement";
import { show } from "../state/route";
import { useNewest, useStore } from "../state/select";
import { useSignal } from "../state/signal";
import { Empty } from "./Empty";

const signs = { pass: "✓ pass", fail: "✗ fail", undecided: "? undecided" } as const;

/** Verdicts about the requirements, each with a way to the plot that decides. */
export function Requirements() {
  const store = useStore();
  const session = useSignal(store.session);
  const run = useNewest("check");
  const check = run?.check;
  if (!check)
    return session && session.requirements > 0 ? (
      <Empty action="Check" onAction={() => void store.run("check")}>
        The project has {session.requirements} requirements, not judged yet. Press Check: what they need is solved, and each gets its verdict.
      </Empty>
    ) : (
      <Empty>
        The file has no requirements. Write them into a project under <code>requirements:</code>, say <code>{"- { isolation: { min_db: 40 }, between: [AIS, UHF] }"}</code>.
      </Empty>
    );
  const stale = session !== null && run.sha256 !== session.sha256;
  const see = (verdict: Verdict) => {
    if (verdict.frequency_hz !== null) store.frequency.set(verdict.frequency_hz);
    const ports = [verdict.port, verdict.other_port].filter((port): port is string => port !== null);
    if (ports.length > 0 && verdict.requirement !== "cosite") store.ports.set(ports);
    store.focus.set(verdict);
    show(viewOf(verdict)!);
  };
  return (
    <section class="card">
      <h2>
        {check.verdicts.length - check.failed - check.undecided} passed, {check.failed} failed, {check.undecided} undecided
      </h2>
      {stale && <p class="banner">These verdicts are about another state of the file. Press Check for new ones.</p>}
      <div class="scroll" tabIndex={0} role="group" aria-label="Table, scrolls">
        <table>
          <thead>
            <tr>
              <th scope="col">Verdict</th>
              <th scope="col">Requirement</th>
              <th scope="col">Limit</th>
              <th scope="col">Worst (error bar)</th>
              <th scope="col">where</th>
              <th scope="col">Line</th>
              <th scope="col">Plot</th>
            </tr>
          </thead>
          <tbody>
            {check.verdicts.map((verdict, i) => (
              <tr key={i}>
                <td>
                  <span class={`verdict ${verdict.verdict}`}>{signs[verdict.verdict]}</span>
                </td>
                <th scope="row">{requirementTitle(verdict)}</th>
                <td>{limitText(verdict)}</td>
                <td>
                  {valueText(verdict)}
                  {verdict.error === "assumed" && <span class="muted"> assumed</span>}
                  {verdict.error === null && verdict.value !== null && <span class="muted"> no error estimate</span>}
                </td>
                <td>{placeText(verdict)}</td>
                <td>
                  {verdict.line !== null && (
                    <button
                      type="button"
                      class="link"
                      onClick={() => {
                        store.goTo(verdict.line!, verdict.column ?? 1);
                        show("edit");
                      }}
                    >
                      {verdict.line}
                    </button>
                  )}
                </td>
                <td>
                  {viewOf(verdict) !== null && (
                    <button type="button" class="link" aria-label={`See what decides: ${requirementTitle(verdict)}`} onClick={() => see(verdict)}>
                      see
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
