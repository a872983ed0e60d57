// Figures, services, seeds and this node.

import { byId, el, facts, keyed, setAttribute, setText } from "./dom.js";
import { MARKS, statusOf } from "./map.js";
import { clock } from "./words.js";

/** Services are unfolded by themselves up to so many instances. */
const UNFOLDED = 20;

/** So many zones are named in a figure. */
const FEW = 3;

/** Lifeguard's score of this node, from good to the worst. */
const gauge = el("meter", { min: "0", max: "7", low: "1", high: "4", optimum: "0", "aria-label": "local health score, 0 is good" });

/** The figures at the top. */
export function showTiles(cluster) {
  const { counts, convergence, local, lastMinute, unreachableZones } = cluster;
  const rates = [lastMinute.bytesReceivedPerSecond, lastMinute.bytesSentPerSecond];
  const isSmall = Math.max(...rates) < 1000;
  const health = tile("local health", local.localHealthScore === 0 ? "good" : `score ${local.localHealthScore}`, local.localHealthScore === 0 ? null : "SUSPECT");
  setAttribute(gauge, "value", String(local.localHealthScore));
  const tiles = [
    tile("alive", counts.alive, "ALIVE"),
    tile("suspect", counts.suspect, "SUSPECT"),
    tile("dead", counts.failed, "DEAD"),
    tile("left", counts.left, "LEFT"),
    tile("views agree", convergence.heard === 0 ? "–" : `${convergence.agreeing} of ${convergence.heard}`, convergence.heard > convergence.agreeing ? "SUSPECT" : null),
    health,
    tile(isSmall ? "B/s in / out" : "kB/s in / out", lastMinute.seconds === 0 ? "–" : rates.map((rate) => (isSmall ? Math.round(rate) : (rate / 1000).toFixed(1))).join(" / "), null),
    tile("zones cut off", unreachableZones.length === 0 ? "none" : some(unreachableZones), unreachableZones.length === 0 ? null : "DEAD"),
  ];
  keyed(
    byId("tiles"),
    tiles,
    (each) => each.name,
    (each) => el("div", {}, el("dt", {}, each.mark == null ? null : el("span", { class: "mark", "aria-hidden": "true" }, each.mark), each.name), el("dd"), each === health ? el("dd", {}, gauge) : null),
    (element, each) => {
      setAttribute(element, "data-state", each.state);
      setText(element.querySelector("dd"), each.text);
    },
  );
}

/** The first few, and how many there are besides. */
function some(names) {
  const first = names.slice(0, FEW).join(", ");
  return names.length <= FEW ? first : `${first} and ${names.length - FEW} more`;
}

function tile(name, value, state) {
  const isCount = typeof value === "number";
  return { name, text: String(value), state: isCount && value === 0 ? null : state, mark: isCount ? MARKS[state] : null };
}

const HEADS = ["instance", "status", "member is", "calls go to", "zone", "version", "weight"];

/** Each service with its instances; those of a folded one are not in the document. */
export function showServices(cluster) {
  const services = new Map();
  for (const member of cluster.members.filter((each) => each.service != null)) {
    if (!services.has(member.service.id)) {
      services.set(member.service.id, []);
    }
    services.get(member.service.id).push(member);
  }
  const total = [...services.values()].reduce((sum, instances) => sum + instances.length, 0);
  setText(byId("services-note"), cluster.omitted.members === 0 ? "" : "Of the members listed here only.");
  keyed(
    byId("services"),
    [...services].sort(([a], [b]) => (a < b ? -1 : 1)),
    ([id]) => id,
    ([id]) => serviceElement(id, total <= UNFOLDED),
    (details, [, instances]) => {
      details.instances = instances;
      const up = instances.filter((each) => each.status === "UP" && each.state === "ALIVE").length;
      setText(details.querySelector(".count"), `${up} of ${instances.length} up`);
      setAttribute(details, "data-up", up === 0 ? "none" : up < instances.length ? "some" : "all");
      showInstances(details);
    },
  );
}

function serviceElement(id, open) {
  const details = el(
    "details",
    { open: open ? "" : null },
    el("summary", {}, el("strong", {}, id), " ", el("span", { class: "count" })),
    el("div", { class: "scroll" }, el("table", {}, el("thead", {}, el("tr", {}, ...HEADS.map((head) => el("th", { scope: "col" }, head)))), el("tbody"))),
  );
  details.addEventListener("toggle", () => showInstances(details));
  return details;
}

function showInstances(details) {
  keyed(
    details.querySelector("tbody"),
    details.open ? details.instances : [],
    (member) => member.nodeId,
    (member) => el("tr", {}, el("td", {}, el("button", { type: "button", class: "plain", "data-member": member.nodeId })), ...HEADS.slice(1).map(() => el("td"))),
    (row, member) => {
      const { service } = member;
      const texts = [service.instanceId, statusOf(member), member.state.toLowerCase(), service.uri, service.zone, service.version, service.weight];
      setText(row.firstElementChild.firstElementChild, texts[0]);
      texts.slice(1).forEach((text, index) => setText(row.children[index + 1], text == null ? "–" : String(text)));
      setAttribute(row, "data-state", member.state);
    },
  );
}

const seedsTable = el(
  "table",
  {},
  el("thead", {}, el("tr", {}, ...["seed", "answers", "last contact", "addresses", "problem"].map((head) => el("th", { scope: "col" }, head)))),
  el("tbody"),
);
byId("seeds").append(seedsTable, el("p", { class: "quiet", hidden: "" }, "None is configured: this is the first node, or others ask it."));

export function showSeeds(cluster) {
  seedsTable.hidden = cluster.seeds.length === 0;
  seedsTable.nextElementSibling.hidden = cluster.seeds.length > 0;
  keyed(
    seedsTable.lastElementChild,
    cluster.seeds,
    (seed) => seed.configured,
    () => el("tr", {}, ...Array.from({ length: 5 }, () => el("td"))),
    (row, seed) => {
      const answers = seed.reachable == null ? "not tried" : seed.reachable ? "yes" : "no";
      [seed.configured, answers, seed.lastContact == null ? "never" : clock(seed.lastContact), seed.resolved.join(", "), seed.problem ?? ""]
        .forEach((text, index) => setText(row.children[index], text));
      setAttribute(row, "data-state", seed.reachable === false ? "DEAD" : null);
    },
  );
}

/** What this node says of itself. */
export function showNode(cluster) {
  const { local, lastMinute, convergence } = cluster;
  facts(byId("node"), [
    ["announces", local.address],
    ["listens at", local.bound],
    ["address", local.addressSource],
    ["its service", local.status == null ? null : local.status + (local.statusOverride == null ? "" : " (by an operator's word)")],
    ["local health score", `${local.localHealthScore} (0 is good)`],
    ["watch links", local.watchLinks],
    ["transport", local.transport],
    ["encrypted", local.encrypted ? "yes" : "no"],
    ["incarnation", local.incarnation],
    ["version of the view", cluster.viewVersion],
    ["protocol", cluster.protocolVersion],
    ["an own update reaches", convergence.sampled === 0 ? null : `${convergence.holding} of ${convergence.sampled} asked`],
    ["hops of an update", convergence.hops == null ? null : `${convergence.hops.toFixed(1)}, at most ${convergence.mostHops}`],
    ["suspicions in the last minute", `${lastMinute.suspicions} raised here; ${lastMinute.falseSuspicions} refuted, whoever raised them`],
    ["deaths in the last minute", `${lastMinute.deaths} declared here; ${lastMinute.falseDeaths} came back, whoever declared them`],
    ["accusations of this node refuted", lastMinute.refutations],
  ]);
}
