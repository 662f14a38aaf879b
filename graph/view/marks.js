// marks.js: the marks of the kinds, one definition for the canvas, the legend and the exported SVG.

/** Outlines of the marks about the origin, for a node of radius 1. */
const MARKS = {
  dot: "M1 0A1 1 0 1 1-1 0A1 1 0 1 1 1 0Z",
  square: "M-.88-.7Q-.88-.88-.7-.88H.7Q.88-.88 .88-.7V.7Q.88 .88 .7 .88H-.7Q-.88 .88-.88 .7Z",
  triangle: "M0-1.1L1.02 .75H-1.02Z",
  hexagon: "M1.05 0L.525 .91H-.525L-1.05 0L-.525-.91H.525Z",
  diamond: "M0-1.15L1 0L0 1.15L-1 0Z",
  play: "M1.1 0L-.75 1V-1Z",
  star: "M0-1.2L.31-.43L1.14-.37L.5 .16L.71 .97L0 .52L-.71 .97L-.5 .16L-1.14-.37L-.31-.43Z",
  ring: "M1 0A1 1 0 1 1-1 0A1 1 0 1 1 1 0ZM.48 0A.48 .48 0 1 0-.48 0A.48 .48 0 1 0 .48 0Z",
  plus: "M-.38-1.05H.38V-.38H1.05V.38H.38V1.05H-.38V.38H-1.05V-.38H-.38Z",
};
const MARK_PATHS = Object.fromEntries(Object.entries(MARKS).map(([name, path]) => [name, new Path2D(path)]));
const SVG_NAMESPACE = "http://www.w3.org/2000/svg";

/** Which of the two themes holds: the person's choice, else the system's. */
function isDark() {
  return document.documentElement.dataset.theme === "dark";
}

function kindColour(kind) {
  return isDark() ? kind.dark : kind.light;
}

/** A kind's mark as a small picture for the legend and the panels; colour and shape say the same. */
function glyph(kind) {
  const svg = document.createElementNS(SVG_NAMESPACE, "svg");
  svg.setAttribute("viewBox", "-1.4 -1.4 2.8 2.8");
  svg.setAttribute("class", "glyph");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG_NAMESPACE, "path");
  path.setAttribute("d", MARKS[kind.mark]);
  path.setAttribute("fill", kindColour(kind));
  path.dataset.light = kind.light;
  path.dataset.dark = kind.dark;
  svg.append(path);
  return svg;
}

/** Recolours the glyphs in the page after a change of theme. */
function recolourGlyphs() {
  for (const path of document.querySelectorAll(".glyph path")) {
    path.setAttribute("fill", isDark() ? path.dataset.dark : path.dataset.light);
  }
}

/** Makes an element: `make("button", {type: "button", onclick: go}, "Go")`. Text is always set as text. */
function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "class") element.className = value;
    else if (value !== undefined && value !== null && value !== false)
      element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/** A link for http and https; anything else that calls itself a link stays text. */
function safeLink(url, text = url) {
  let ok = false;
  try {
    ok = ["http:", "https:"].includes(new URL(url).protocol);
  } catch {
    ok = false;
  }
  if (!ok) return make("span", {}, text);
  return make("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, text);
}

/** Shortens a text for a place that has no room for more, and keeps direction marks in it from leaking out. */
function shorten(text, most) {
  const plain = text
    .replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f]/g, "")
    .replace(/\s+/g, " ")
    .trim();
  return plain.length > most ? plain.slice(0, most - 1).trimEnd() + "…" : plain;
}
