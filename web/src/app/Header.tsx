// SPDX-License-Identifier: Apache-2.0
import { shortSha } from "../data/text";
import { useStore } from "../state/select";
import { useSignal } from "../state/signal";
import { themeChoice, type ThemeChoice } from "../state/theme";

const connectionText = { connecting: "connecting …", open: "", lost: "connection lost, trying again …" } as const;

export function Header({ skip }: { skip(): void }) {
  const store = useStore();
  const session = useSignal(store.session);
  const connection = useSignal(store.connection);
  const draft = useSignal(store.draft);
  const theme = useSignal(themeChoice);
  return (
    <header>
      <button type="button" class="skip" onClick={skip}>
        Skip to the content
      </button>
      <svg class="mark" viewBox="0 0 24 24" width="26" height="26" aria-hidden="true">
        <path d="M12 22V9M12 9 5 2M12 9l7-7M12 9V3" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" />
        <path d="M5.5 15a8 8 0 0 1 0-7M18.5 15a8 8 0 0 0 0-7" fill="none" stroke="var(--accent)" stroke-width="2" stroke-linecap="round" />
      </svg>
      <h1>
        {session?.file ?? "Alicorn"}
        {draft !== null && <span class="unsaved"> · not saved</span>}
      </h1>
      <p class="subtitle">
        {session?.title?.split("\n")[0]}
        {session && <code title={`SHA-256 of the file: ${session.sha256}`}>{shortSha(session.sha256)}</code>}
      </p>
      <p class="connection" role="status">
        {connectionText[connection]}
      </p>
      <label class="theme">
        <span class="hidden">Colours</span>
        <select value={theme} onChange={(event) => themeChoice.set(event.currentTarget.value as ThemeChoice)}>
          <option value="system">System colours</option>
          <option value="light">Light</option>
          <option value="dark">Dark</option>
        </select>
      </label>
    </header>
  );
}
