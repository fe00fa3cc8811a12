// Every page's script: finds the attributes of each behaviour and attaches it. The page works without.
import { attachCopy } from "./copy.ts";
import { attachDrafts, clearDrafts } from "./draft.ts";
import { attachErrorSummary } from "./error-summary.ts";
import { attachOnce } from "./once.ts";
import { attachToasts } from "./toast.ts";

function attach(root: ParentNode): void {
  clearDrafts(root);
  attachDrafts(root);
  attachErrorSummary(root);
  attachToasts(root);
  // Only the pages that need them pay for these.
  if (root.querySelector("[data-passkey]")) void import("./passkey.ts").then(({ attachPasskeys }) => attachPasskeys(root));
  const room = root.querySelector<HTMLElement>("[data-board]");
  if (room) void import("./board/board.ts").then(({ attachBoard }) => attachBoard(room));
  const past = root.querySelector<HTMLElement>("[data-past]");
  if (past) void import("./board/past.ts").then(({ attachPast }) => attachPast(past));
  if (root.querySelector("[data-hear]")) void import("./hear.ts").then(({ attachHear }) => attachHear(root));
}

document.documentElement.classList.add("has-script");
attachCopy(document);
attachOnce(document);
attach(document);
// Parts that htmx fetches later. The first such event is for the body itself, which is done.
document.addEventListener("htmx:load", (event) => {
  const part = event.target;
  if (part instanceof Element && part !== document.body) attach(part.parentNode ?? part);
});
