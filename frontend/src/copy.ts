// `[data-copy="#id"]`: copies that element's text, and says so in the button and to a screen reader.
const SHOWN_MILLISECONDS = 4000;

export function attachCopy(root: Document): void {
  root.addEventListener("click", (event) => {
    const button = (event.target as Element | null)?.closest<HTMLElement>("[data-copy]");
    if (button) void copy(button);
  });
}

async function copy(button: HTMLElement): Promise<void> {
  const source = document.querySelector<HTMLElement>(button.dataset.copy ?? "");
  if (!source) return;
  try {
    await navigator.clipboard.writeText(source.textContent?.trim() ?? "");
    say(button, button.dataset.textCopied ?? "");
  } catch {
    // No right to the clipboard (plain http, an old browser): mark the text, so that one key copies it.
    getSelection()?.selectAllChildren(source);
    say(button, button.dataset.textFailed ?? "");
  }
}

function say(button: HTMLElement, text: string): void {
  button.dataset.textBefore ??= button.textContent ?? "";
  button.textContent = text;
  const status = button.closest(".copy-link")?.querySelector("[data-copy-status]");
  if (status) status.textContent = text;
  setTimeout(() => {
    button.textContent = button.dataset.textBefore ?? "";
    if (status) status.textContent = "";
  }, SHOWN_MILLISECONDS);
}
