// SPDX-License-Identifier: Apache-2.0
import { limitText, placeText, requirementTitle, valueText, viewOf } from "../data/requirement";
import { useStore } from "../state/select";
import { useSignal } from "../state/signal";

/** Which requirement led here, until it is put away. */
export function Focus({ view }: { view: ReturnType<typeof viewOf> }) {
  const store = useStore();
  const verdict = useSignal(store.focus);
  if (verdict === null || viewOf(verdict) !== view) return null;
  return (
    <p class="banner focus">
      {requirementTitle(verdict)} {limitText(verdict)}: {valueText(verdict)} at {placeText(verdict)} <span class={`verdict ${verdict.verdict}`}>{verdict.verdict}</span>{" "}
      <button type="button" aria-label="Put the requirement away" onClick={() => store.focus.set(null)}>
        ✕
      </button>
    </p>
  );
}
