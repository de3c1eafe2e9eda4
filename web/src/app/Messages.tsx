// SPDX-License-Identifier: Apache-2.0
import { useStore } from "../state/select";
import { useSignal } from "../state/signal";

/** Errors and notes of what was done last. */
export function Messages() {
  const store = useStore();
  const messages = useSignal(store.messages);
  return (
    <div class="messages" role="log" aria-live="polite" aria-label="Messages">
      {messages.map((message) => (
        <div key={message.id} class={`message ${message.kind}`}>
          <p>{message.text}</p>
          <button type="button" aria-label="Dismiss" onClick={() => store.dismiss(message.id)}>
            ✕
          </button>
        </div>
      ))}
    </div>
  );
}
