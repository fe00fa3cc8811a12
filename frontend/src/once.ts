// `form[data-once]`: a double press sends once. After a while, or when the page is shown again, it may be sent anew.
const HELD_MILLISECONDS = 8000;

/** Whether a press at `now` is a repeat of the one at `sentAt`. */
export function isRepeat(sentAt: number | undefined, now: number): boolean {
  return sentAt !== undefined && now - sentAt < HELD_MILLISECONDS;
}

const sent = new WeakMap<HTMLFormElement, number>();

export function attachOnce(root: Document): void {
  root.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    // A draft that waits for the net has already been stopped: it has not been sent.
    if (!form.matches("[data-once]") || event.defaultPrevented) return;
    if (isRepeat(sent.get(form), Date.now())) return event.preventDefault();
    sent.set(form, Date.now());
    const button = event.submitter;
    button?.setAttribute("aria-busy", "true");
    setTimeout(() => button?.removeAttribute("aria-busy"), HELD_MILLISECONDS);
  });
  const release = (form: HTMLFormElement): void => {
    sent.delete(form);
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  };
  // Back to the page from the browser's memory, or answered by htmx: what comes now is a new wish.
  addEventListener("pageshow", () => root.querySelectorAll<HTMLFormElement>("form[data-once]").forEach(release));
  root.addEventListener("htmx:afterRequest", (event) => {
    const form = (event.target as Element).closest<HTMLFormElement>("form[data-once]");
    if (form) release(form);
  });
}
