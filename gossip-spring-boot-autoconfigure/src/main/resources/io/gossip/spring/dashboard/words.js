// How times and figures are written, the same everywhere on the page.

/** The time of day with milliseconds: much happens within one second. */
export function clock(instant) {
  const at = new Date(instant);
  return `${[at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => digits(part, 2)).join(":")}.${digits(at.getMilliseconds(), 3)}`;
}

/** The day, in the words of whoever looks. */
export function day(instant) {
  return new Date(instant).toLocaleDateString();
}

/** Day and time; null for null. */
export function moment(instant) {
  return instant == null ? null : new Date(instant).toLocaleString();
}

/** A time span that is told in milliseconds; null for null. */
export function span(value) {
  return value == null ? null : value < 10 ? `${value.toFixed(2)} ms` : value < 10000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`;
}

function digits(number, count) {
  return String(number).padStart(count, "0");
}
