// Drag a note to another place on the wall. Everything it does stands in the list as a form too.
import { landsBefore } from "./items.ts";

export interface Drags {
  mayMove(note: HTMLElement): boolean;
  /** While it is in the hand: where it would land. */
  over(id: string, inside: string, before: string): void;
  letGo(): void;
  moved(id: string, inside: string, before: string): void;
}

export function attachDrag(room: HTMLElement, drags: Drags): void {
  let held: HTMLElement | null = null;
  room.addEventListener("pointerover", (event) => {
    const note = (event.target as Element).closest<HTMLElement>(".wall .note[data-item]");
    if (note) note.draggable = drags.mayMove(note) && !note.hasAttribute("data-waiting");
  });
  room.addEventListener("dragstart", (event) => {
    held = (event.target as Element).closest<HTMLElement>(".note[data-item]");
    if (!held) return;
    event.dataTransfer?.setData("text/plain", held.querySelector("[data-text]")?.textContent ?? "");
    held.setAttribute("data-held", "");
  });
  room.addEventListener("dragover", (event) => {
    const lane = held && laneAt(event);
    if (!lane) return;
    event.preventDefault();
    mark(room, lane);
    drags.over(held!.dataset["item"] ?? "", lane.dataset["lane"] ?? "", before(lane, held!, event.clientY));
  });
  room.addEventListener("drop", (event) => {
    const lane = held && laneAt(event);
    if (!lane || !held) return;
    event.preventDefault();
    drags.moved(held.dataset["item"] ?? "", lane.dataset["lane"] ?? "", before(lane, held, event.clientY));
  });
  room.addEventListener("dragend", () => {
    held?.removeAttribute("data-held");
    held = null;
    drags.letGo();
    mark(room, null);
  });
}

/** The group under the pointer, or the whole column below its last note. */
function laneAt(event: DragEvent): HTMLElement | null {
  const target = event.target as Element;
  const group = target.closest<HTMLElement>(".group");
  if (group) return group.querySelector<HTMLElement>("[data-lane]");
  return target.closest<HTMLElement>(".column")?.querySelector<HTMLElement>("[data-lane]") ?? null;
}

function before(lane: HTMLElement, held: HTMLElement, y: number): string {
  const boxes = [...lane.children]
    .filter((each): each is HTMLElement => each instanceof HTMLElement && each !== held && Boolean(each.dataset["item"]))
    .map((each) => ({ id: each.dataset["item"] ?? "", top: each.getBoundingClientRect().top, height: each.getBoundingClientRect().height }));
  return landsBefore(boxes, y);
}

function mark(room: HTMLElement, lane: HTMLElement | null): void {
  room.querySelectorAll("[data-over-lane]").forEach((each) => each.removeAttribute("data-over-lane"));
  lane?.setAttribute("data-over-lane", "");
}
