// Words changed where they stand on the wall: a double press, or F2 on the note. The note's own page does the same by a form.
import { write } from "./writing.ts";

export function attachInPlace(room: HTMLElement, label: string, may: (note: HTMLElement) => boolean, changed: (id: string, text: string, base: number) => void): void {
  const begin = (event: Event): void => {
    const note = (event.target as Element).closest<HTMLElement>(".note[data-item]");
    if (!note || !may(note) || note.hasAttribute("data-waiting")) return;
    event.preventDefault();
    const place = note.querySelector<HTMLElement>("[data-text]");
    const before = place?.textContent ?? "";
    write(note, before, label, (text) => {
      if (place && text !== null && text !== before) {
        place.textContent = text;
        changed(note.dataset["item"] ?? "", text, Number(note.dataset["base"] ?? 0));
      }
      place?.focus();
    });
  };
  room.addEventListener("dblclick", begin);
  room.addEventListener("keydown", (event) => {
    if (event.key === "F2") begin(event);
  });
}
