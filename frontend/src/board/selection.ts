// How many notes are chosen, in the bar that is the door into the loop. The bar itself needs no script.
export function attachSelection(room: HTMLElement, words: string): void {
  const [one = "", many = ""] = words.split("|");
  room.addEventListener("change", () => {
    const chosen = room.querySelectorAll('input[name="note"]:checked').length;
    const place = room.querySelector("[data-chosen]");
    if (place) place.textContent = chosen === 1 ? one : many.replace("{n}", String(chosen));
  });
}
