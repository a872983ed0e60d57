// Reads, and has shown what was read. One request is under way at a time.

import { Problem, readCluster, Signals } from "./api.js";
import { addToCharts } from "./charts.js";
import { byId, el, setAttribute, setHidden, setText } from "./dom.js";
import { showNode, showSeeds, showServices, showTiles } from "./lists.js";
import { find, MARKS, showMap } from "./map.js";
import { closeMember, openMember, refreshMember, shownMember } from "./member.js";
import { compare, spoken, Timeline } from "./timeline.js";
import { clock } from "./words.js";

/** What changes without an event, as health and traffic, is read so often. */
const EVERY_MILLIS = 2000;

/** Who has to sign in is not asked to every two seconds. */
const LOGIN_MILLIS = 30000;

const timeline = new Timeline();
const signals = new Signals(() => refresh(), (open) => { live = open; showLink(); });

let cluster = null;
let live = false;
let paused = false;
let reading = false;
let again = false;
let failed = false;
let notBefore = 0;
let readAt = null;

async function refresh() {
  if (paused || document.hidden || performance.now() < notBefore) {
    return;
  }
  if (reading) {
    again = true;
    return;
  }
  reading = true;
  try {
    do {
      again = false;
      await readAll();
    } while (again && !paused && !document.hidden);
  } finally {
    reading = false;
  }
}

async function readAll() {
  try {
    show(await readCluster());
    await timeline.read();
    await refreshMember();
    readAt = new Date();
    if (failed) {
      failed = false;
      signals.renew();
    }
  } catch (problem) {
    failed = true;
    if (!(problem instanceof Problem)) {
      console.error(problem);
    }
    setText(byId("problem"), sentence(problem));
    notBefore = problem.wantsLogin ? performance.now() + LOGIN_MILLIS : 0;
  }
  setHidden(byId("problem"), !failed);
  setAttribute(document.querySelector("main"), "data-stale", failed && readAt != null ? "" : null);
  showLink();
}

/** What went wrong, and how old is what still stands there. */
function sentence(problem) {
  const what = problem instanceof Problem ? problem.message : `The page cannot show what it was told: ${problem.message}`;
  return readAt == null ? what : `${what} What is shown is of ${clock(readAt)}.`;
}

function show(now) {
  const changes = compare(cluster, now);
  setText(byId("cluster"), now.cluster);
  setText(byId("self"), now.self);
  setText(byId("phase"), now.state.toLowerCase());
  document.title = `${now.counts.alive} of ${now.counts.alive + now.counts.suspect + now.counts.failed} alive – ${now.cluster}`;
  showTiles(now);
  showMap(now.members, now.unreachableZones, now.self, now.omitted.members);
  showOmitted(now.members.length, now.omitted.members);
  showServices(now);
  showSeeds(now);
  showNode(now);
  addToCharts(now);
  timeline.seen(changes);
  cluster = now;
  if (changes.length > 0) {
    byId("said").replaceChildren(el("p", {}, spoken(changes)));
  }
}

function showOmitted(listed, besides) {
  const text = `This page lists the first ${listed} members by name. ${besides} more are in the figures above, and nowhere else here.`;
  setText(byId("omitted"), besides === 0 ? "" : text);
  setHidden(byId("omitted"), besides === 0);
}

function showLink() {
  const link = paused ? "paused" : failed ? "no answer" : live ? "live" : cluster == null ? "connecting" : "every 2 s";
  setText(byId("link"), link);
  setAttribute(byId("link"), "data-link", link.replaceAll(" ", "-"));
}

function follow() {
  if (paused || document.hidden) {
    signals.close();
    live = false;
  } else {
    notBefore = 0;
    signals.open();
    refresh();
  }
  showLink();
}

document.addEventListener("visibilitychange", follow);
addEventListener("pagehide", () => signals.close());
addEventListener("pageshow", (event) => { if (event.persisted) { follow(); } });
setInterval(refresh, EVERY_MILLIS);

byId("pause").addEventListener("click", (event) => {
  paused = !paused;
  setAttribute(event.currentTarget, "aria-pressed", String(paused));
  follow();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-id], [data-member]");
  if (button == null) {
    return;
  }
  const id = button.dataset.id ?? button.dataset.member;
  if (id === shownMember() && button.dataset.id !== undefined) {
    closeMember();
  } else {
    openMember(id, cluster, button);
  }
});

// The filter

const states = new Set(Object.keys(MARKS));
byId("states").append(...Object.entries(MARKS).map(([state, mark]) => el(
  "button",
  { type: "button", "aria-pressed": "true", "data-filter": state, "data-state": state },
  el("span", { class: "mark", "aria-hidden": "true" }, mark),
  ` ${state.toLowerCase()}`,
)));
byId("states").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button != null) {
    const state = button.dataset.filter;
    setAttribute(button, "aria-pressed", String(!states.delete(state)));
    if (button.getAttribute("aria-pressed") === "true") {
      states.add(state);
    }
    find(byId("search").value, states);
  }
});
byId("search").addEventListener("input", (event) => find(event.currentTarget.value, states));

// Light and dark

const THEMES = ["system", "light", "dark"];
const THEME = "gossip-dashboard-theme";

function storedTheme() {
  try {
    const stored = localStorage.getItem(THEME);
    return THEMES.includes(stored) ? stored : "system";
  } catch {
    return "system"; // storage is switched off
  }
}

function setTheme(theme) {
  setAttribute(document.documentElement, "data-theme", theme);
  setText(byId("theme"), `Colours: ${theme}`);
}

byId("theme").addEventListener("click", () => {
  const theme = THEMES[(THEMES.indexOf(document.documentElement.dataset.theme) + 1) % THEMES.length];
  setTheme(theme);
  try {
    localStorage.setItem(THEME, theme);
  } catch {
    // it holds until the page is closed
  }
});

setTheme(storedTheme());
follow();
