// Builds the theme, the styles and the scripts into the static folder of `core`. Nothing made here is committed.
import { context, build } from "esbuild";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "../src/kompetanseforum/core/static/kompetanseforum");
const theme = join(here, "theme");

/** Designsystemet's tokens from our three colours. Two seconds, so only when the config, the generator or this file has changed. */
function makeTheme() {
  const generator = join(here, "node_modules/@digdir/designsystemet");
  const mark = createHash("sha256")
    .update(readFileSync(join(here, "designsystemet.config.json")))
    .update(readFileSync(join(generator, "package.json")))
    .update(readFileSync(fileURLToPath(import.meta.url)))
    .digest("hex");
  const stamp = join(theme, "made-from");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === mark) return;
  const run = (...words) =>
    execFileSync(process.execPath, [join(generator, "dist/bin/designsystemet.js"), "tokens", ...words], {
      cwd: here,
      stdio: ["ignore", "ignore", "inherit"],
    });
  run("create", "--config", "designsystemet.config.json", "--clean");
  run("build", "--tokens", "theme/tokens", "--out-dir", "theme/css", "--clean");
  // Paper is white also where the screen is dark.
  const sheet = join(theme, "css/kompetanseforum.css");
  const dark = "@media (prefers-color-scheme: dark)";
  writeFileSync(sheet, readFileSync(sheet, "utf8").replaceAll(dark, dark.replace("@media", "@media screen and")));
  writeFileSync(join(theme, "css/palettes.css"), otherPalettes().join("\n"));
  writeFileSync(stamp, mark);
}

/** The other themes differ in their accent alone: a forum that chooses one gets its accent over the first one's. */
function otherPalettes() {
  const names = Object.keys(JSON.parse(readFileSync(join(here, "designsystemet.config.json"), "utf8")).themes).slice(1);
  return names.map((name) => {
    const sheet = readFileSync(join(theme, `css/${name}.css`), "utf8");
    const accent = (scheme) =>
      sheet
        .split("@layer")
        .find((layer) => layer.trim().startsWith(`ds.theme.color-scheme.${scheme}`))
        .split("}")[0]
        .match(/--ds-color-accent-[^;]+;/g)
        .join("");
    const forum = `[data-palette="${name}"][data-color-scheme]`;
    return `${forum}{${accent("light")}}@media screen and (prefers-color-scheme:dark){${forum}{${accent("dark")}}}`;
  });
}

const options = {
  absWorkingDir: here,
  outdir: out,
  entryNames: "[name]",
  chunkNames: "chunk-[hash]",
  assetNames: "[name]",
  bundle: true,
  format: "esm",
  minify: true,
  conditions: ["production"],
  target: ["chrome111", "firefox115", "safari16.4"],
  loader: { ".woff2": "file" },
  logLevel: "warning",
};
// The script and the sheet are both called `site`, and entries of one build need names of their own.
const scripts = { ...options, entryPoints: { site: "src/site.ts" }, splitting: true };
const styles = { ...options, entryPoints: { site: "styles/site.css" } };

makeTheme();
if (process.argv.includes("--watch")) {
  for (const each of [scripts, styles]) await (await context({ ...each, logLevel: "info" })).watch();
} else {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  await Promise.all([build(scripts), build(styles)]);
}
