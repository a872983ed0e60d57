// The only way into the document: text stays text, whatever comes from the network.

const SVG = "http://www.w3.org/2000/svg";

/** An element; attributes that are null are left out, children may be strings. */
export function el(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** The same for a drawing. */
export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

/** These turn text around them over, so that it reads as another. */
const OVERRIDES = /[\u202a-\u202e\u2066-\u2069]/g;

/** A text as it is shown. */
export function visible(text) {
  return typeof text === "string" ? text.replace(OVERRIDES, "\ufffd") : text;
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value != null) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.filter((child) => child != null).map(visible));
  return element;
}

export function byId(id) {
  return document.getElementById(id);
}

/** Sets a text, and touches nothing if it stands there already. */
export function setText(element, text) {
  const seen = visible(text);
  if (element.textContent !== seen) {
    element.textContent = seen;
  }
}

/** Sets an attribute, or removes it for null, if that changes anything. */
export function setAttribute(element, name, value) {
  if (value == null) {
    if (element.hasAttribute(name)) {
      element.removeAttribute(name);
    }
  } else if (element.getAttribute(name) !== value) {
    element.setAttribute(name, value);
  }
}

export function setHidden(element, hidden) {
  if (element.hidden !== hidden) {
    element.hidden = hidden;
  }
}

const known = new WeakMap();

/**
 * Makes the children of a container those of a list: each item keeps its element, which is made
 * once and then updated, so that what has not changed is not touched.
 */
export function keyed(container, items, keyOf, create, update) {
  const before = known.get(container) ?? new Map();
  const now = new Map();
  for (const item of items) {
    const key = keyOf(item);
    if (!now.has(key)) {
      now.set(key, before.get(key) ?? create(item));
    }
  }
  for (const [key, element] of before) {
    if (!now.has(key)) {
      element.remove();
    }
  }
  known.set(container, now);
  let place = container.firstElementChild;
  const updated = new Set();
  for (const item of items) {
    const key = keyOf(item);
    if (updated.has(key)) {
      continue;
    }
    updated.add(key);
    const element = now.get(key);
    if (element === place) {
      place = place.nextElementSibling;
    } else {
      container.insertBefore(element, place);
    }
    update(element, item);
  }
}

/** Facts as pairs of a name and a text; those without a text are left out. */
export function facts(list, pairs) {
  keyed(
    list,
    pairs.filter(([, text]) => text != null && text !== ""),
    ([name]) => name,
    ([name]) => el("div", {}, el("dt", {}, name), el("dd")),
    (element, [, text]) => setText(element.lastElementChild, String(text)),
  );
}
