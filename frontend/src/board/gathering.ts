// The one who leads asks all to look at a heading: each is brought to it, in the view they have chosen themselves.
const SHOWN_MILLISECONDS = 4000;

export function attachGathering(room: HTMLElement, gather: (item: string) => void): void {
  room.addEventListener("click", (event) => {
    const button = (event.target as Element).closest("[data-gather]");
    const chosen = button?.closest(".gather")?.querySelector("select");
    if (chosen) gather(chosen.value);
  });
}

/** A heading that is on the page is brought into view and marked for a moment. A table has none: there its name is told. */
export function bringTo(room: HTMLElement, node: HTMLElement | null): void {
  if (!node) return;
  node.scrollIntoView({ block: "center", behavior: "smooth" });
  for (const other of room.querySelectorAll("[data-gathered]")) other.removeAttribute("data-gathered");
  node.setAttribute("data-gathered", "");
  setTimeout(() => node.removeAttribute("data-gathered"), SHOWN_MILLISECONDS);
}

/** What the heading is called here: on the page itself, or among the table's choices. */
export function nameOf(room: HTMLElement, item: string): string {
  const heading = room.querySelector(`#c-${item}`) ?? room.querySelector(`option[value="${item}"]`);
  return heading?.textContent?.trim() ?? "";
}
