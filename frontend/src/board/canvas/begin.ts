// What the canvas' own page fetches.
export { Canvas } from "./canvas.ts";
export { Others } from "./others.ts";
