// search.js: names and aliases to nodes, and the list of results that keyboard, mouse and screen reader use alike.

const RESULTS_MOST = 60;

/** Folds case, accents and direction marks, so that people find what they mean. */
function fold(text) {
  return text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, "")
    .toLowerCase();
}

/** Finds nodes by the words of their names and aliases. */
class Index {
  constructor(atlas) {
    this.atlas = atlas;
    this.names = null;
  }

  /** Folds every name once, when the first search begins. */
  prepare() {
    if (this.names) return;
    const { labels, aliases } = this.atlas;
    this.names = labels.map((label) => fold(label.length > 400 ? label.slice(0, 400) : label));
    this.others = new Map(Object.entries(aliases).map(([node, names]) => [Number(node), names.map(fold)]));
  }

  /** How well a name fits: 0 not at all, 4 exactly. */
  static fit(name, query, words) {
    if (name === query) return 4;
    if (name.startsWith(query)) return 3;
    if (!words.every((word) => name.includes(word))) return 0;
    return name.includes(` ${words[0]}`) || name.includes(`-${words[0]}`) ? 2 : 1;
  }

  /** The nodes that a query names, the best first; among equals the more important, which have the lower number. */
  search(text, most = RESULTS_MOST) {
    this.prepare();
    const query = fold(text).trim();
    if (!query) return [];
    const words = query.split(/\s+/);
    const byFit = [[], [], [], [], []];
    for (let i = 0; i < this.names.length; i++) {
      let fit = Index.fit(this.names[i], query, words);
      for (const other of this.others.get(i) ?? []) fit = Math.max(fit, Index.fit(other, query, words));
      if (fit) byFit[fit].push(i);
    }
    return byFit.reverse().flat().slice(0, most);
  }
}

/** Joins a search field and its list of results. `choose(node)` is called with what was chosen. */
function makeChooser(atlas, index, input, box, choose) {
  let options = [];
  let current = -1;

  const close = () => {
    box.hidden = true;
    options = [];
    current = -1;
    input.removeAttribute("aria-activedescendant");
    if (input.getAttribute("role") === "combobox") input.setAttribute("aria-expanded", "false");
  };
  const mark = (place) => {
    if (!options.length) return;
    options[current]?.setAttribute("aria-selected", "false");
    current = (place + options.length) % options.length;
    options[current].setAttribute("aria-selected", "true");
    options[current].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[current].id);
  };
  const take = (node) => {
    close();
    choose(node);
  };
  const show = () => {
    if (!input.value.trim()) return close();
    const groups = new Map();
    for (const node of index.search(input.value)) {
      const kind = atlas.kinds[atlas.kind[node]];
      if (!groups.has(kind)) groups.set(kind, []);
      groups.get(kind).push(node);
    }
    box.replaceChildren();
    options = [];
    current = -1;
    input.removeAttribute("aria-activedescendant");
    for (const [kind, nodes] of groups) {
      const twins = nodes.map((node) => fold(atlas.labels[node])).filter((name, at, all) => all.indexOf(name) !== at);
      const group = make(
        "div",
        { role: "group", "aria-label": kind.label },
        make("div", { class: "kind", "aria-hidden": "true" }, kind.label),
      );
      for (const node of nodes) group.append(option(kind, node, twins.includes(fold(atlas.labels[node]))));
      box.append(group);
    }
    const none = !options.length;
    box.setAttribute("role", none ? "note" : "listbox");
    if (none) box.append(make("div", { class: "none" }, "Nothing has this name."));
    box.hidden = false;
    if (input.getAttribute("role") === "combobox") input.setAttribute("aria-expanded", String(!none));
    announce(none ? "No results" : `${options.length} results`);
  };
  /** A result; where another one has its name, with the address that tells the two apart. */
  const option = (kind, node, twin) => {
    const place = twin && atlas.more ? (atlas.urls(node)[0] ?? "").replace(/^https?:\/\/(www\.)?/, "") : "";
    const alias = (atlas.aliases[node] ?? []).find((name) => fold(name).includes(fold(input.value).trim()));
    const text = make("span", { dir: "auto" }, shorten(atlas.labels[node], 90));
    const item = make(
      "div",
      { role: "option", id: `${box.id}-${options.length}`, "aria-selected": "false" },
      glyph(kind),
      text,
    );
    if (place) item.append(make("span", { class: "soft" }, shorten(place, 40)));
    else if (alias && !fold(atlas.labels[node]).includes(fold(input.value).trim()))
      item.append(make("span", { class: "soft" }, shorten(alias, 40)));
    item.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    item.addEventListener("click", () => take(node));
    item.dataset.node = String(node);
    options.push(item);
    return item;
  };

  input.addEventListener("input", show);
  input.addEventListener("focus", () => {
    if (input.value.trim()) show();
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (box.hidden) show();
      else if (event.key === "ArrowDown") mark(current + 1);
      else mark(current < 0 ? -1 : current - 1);
    } else if (event.key === "Enter" && options.length) {
      event.preventDefault();
      take(Number(options[Math.max(0, current)].dataset.node)); // the first one, where none was chosen
    } else if (event.key === "Escape") {
      if (box.hidden) input.value = "";
      close();
      event.stopPropagation();
    }
  });
}

/** Tells a screen reader, politely. */
function announce(text) {
  document.getElementById("say").textContent = text;
}
