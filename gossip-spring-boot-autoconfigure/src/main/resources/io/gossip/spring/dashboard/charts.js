// Lines over the time that the page has been open.

import { byId, el, setAttribute, setText, svg } from "./dom.js";
import { span } from "./words.js";

/** So many readings are kept, of which two are at least a second apart: ten minutes, mostly. */
const POINTS = 300;
const FEWEST = 30;
const APART_MILLIS = 900;
/** After so long without a reading, the lines have a gap. */
const GAP_MILLIS = 15000;
const WIDTH = 300;
const HEIGHT = 80;

/** One chart: what it is called, and its lines. A value that is not known is null. */
class Chart {
  constructor(title, unit, names) {
    this.unit = unit;
    this.lines = names.map((name, index) => ({
      name,
      values: [],
      path: svg("path", { class: `line line-${index}` }),
      value: el("strong"),
    }));
    this.top = el("span", { class: "quiet top" });
    this.image = svg(
      "svg",
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img" },
      ...this.lines.map((line) => line.path),
    );
    this.title = title;
    this.element = el(
      "figure",
      {},
      el("figcaption", {}, el("span", { class: "title" }, title), this.top),
      this.image,
      el("p", { class: "legend" }, ...this.lines.map((line, index) => el("span", { class: `key key-${index}` }, `${line.name} `, line.value))),
    );
  }

  gap() {
    this.lines.forEach((line) => line.values.push(null));
  }

  add(values, replaces) {
    this.lines.forEach((line, index) => {
      if (replaces) {
        line.values.pop();
      }
      line.values.push(values[index] ?? null);
      line.values = line.values.slice(-POINTS);
      setText(line.value, line.values.at(-1) == null ? "not known" : this.unit(line.values.at(-1)));
    });
    const most = Math.max(0, ...this.lines.flatMap((line) => line.values.filter((value) => value != null)));
    const top = most === 0 ? 1 : most * 1.1;
    setText(this.top, most === 0 ? "" : `up to ${this.unit(most)}`);
    for (const line of this.lines) {
      setAttribute(line.path, "d", path(line.values, top));
    }
    setAttribute(this.image, "aria-label", `${this.title}: ${this.lines.map((line) => `${line.name} ${line.value.textContent}`).join(", ")}`);
  }
}

function path(values, top) {
  const across = Math.max(FEWEST, values.length); // the latest is always at the right
  const first = across - values.length;
  let pen = "M";
  let drawn = "";
  values.forEach((value, index) => {
    if (value == null) {
      pen = "M";
      return;
    }
    const x = ((first + index) / (across - 1)) * WIDTH;
    const y = HEIGHT - 2 - (value / top) * (HEIGHT - 4);
    drawn += `${pen}${x.toFixed(1)} ${y.toFixed(1)}`;
    pen = "L";
  });
  return drawn;
}

const percent = (value) => `${Math.round(value)} %`;
const bytes = (value) => (value < 1000 ? `${Math.round(value)} B/s` : `${(value / 1000).toFixed(1)} kB/s`);
const number = (value) => String(value);

const agreement = new Chart("Views that agree", percent, ["of those heard"]);
const lag = new Chart("Updates arrive within", span, ["half of them", "99 of 100"]);
const traffic = new Chart("Traffic", bytes, ["sent", "received"]);
const members = new Chart("Members", number, ["alive", "suspect", "dead", "left"]);

const all = [agreement, lag, traffic, members];
byId("charts").append(...all.map((chart) => chart.element));

let added = -Infinity;
let read = Date.now(); // which goes on while the computer sleeps

/** Adds what a reading says; one that follows another closely takes its place. */
export function addToCharts(cluster) {
  const { convergence, lastMinute, counts } = cluster;
  const paused = Date.now() - read > GAP_MILLIS;
  read = Date.now();
  if (paused) {
    all.forEach((chart) => chart.gap());
  }
  const replaces = !paused && performance.now() - added < APART_MILLIS;
  added = replaces ? added : performance.now();
  agreement.add([convergence.heard === 0 ? null : (100 * convergence.agreeing) / convergence.heard], replaces);
  lag.add([convergence.lag50Millis, convergence.lag99Millis], replaces);
  const known = lastMinute.seconds > 0;
  traffic.add(known ? [lastMinute.bytesSentPerSecond, lastMinute.bytesReceivedPerSecond] : [null, null], replaces);
  members.add([counts.alive, counts.suspect, counts.failed, counts.left], replaces);
}
