// `[data-toasts]`: a message is announced once, and stands until it is closed or the reader goes on.
const UNTIL_HEARD_MILLISECONDS = 150;

export function attachToasts(root: ParentNode): void {
  const region = root.querySelector<HTMLElement>("[data-toasts]:not([data-is-attached])");
  if (!region) return;
  region.dataset.isAttached = "";
  const messages = [...region.children];
  if (messages.length) {
    // A live region speaks of what changes in it: put the messages back a moment after the page has come.
    region.replaceChildren();
    setTimeout(() => region.append(...messages), UNTIL_HEARD_MILLISECONDS);
  }
  region.addEventListener("click", (event) => {
    const toast = (event.target as Element).closest("[data-toast-close]")?.closest("[data-toast]");
    if (!toast) return;
    toast.remove();
    // Never leave the keyboard on something that is gone.
    document.getElementById("main")?.focus({ preventScroll: true });
  });
}
