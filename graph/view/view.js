// view.js: starts the page and joins its parts.

function chooseTheme() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const set = (on) => {
    document.documentElement.dataset.theme = on ? "dark" : "light";
  };
  set(dark.matches);
  return { set, dark };
}

function joinTheme(theme, picture) {
  const recolour = () => {
    recolourGlyphs();
    picture.painter.recolour();
    picture.network.redraw();
  };
  document.getElementById("theme").addEventListener("click", () => {
    theme.set(!isDark());
    recolour();
  });
  theme.dark.addEventListener("change", (event) => {
    theme.set(event.matches);
    recolour();
  });
}

function joinTabs(store) {
  const tabs = [...document.querySelectorAll("[role=tab]")];
  const name = (tab) => tab.id.replace("tab-", "");
  tabs.forEach((tab, i) => {
    tab.addEventListener("click", () => store.set({ tab: name(tab) }, true));
    tab.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      const next = tabs[(i + 1) % tabs.length];
      next.focus();
      store.set({ tab: name(next) }, true);
    });
  });
  return (state) => {
    for (const tab of tabs) {
      const on = name(tab) === state.tab;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
      document.getElementById(`panel-${name(tab)}`).hidden = !on;
    }
  };
}

function joinMenus(store, picture) {
  const take = document.getElementById("take");
  const menu = document.getElementById("take-menu");
  const filters = document.getElementById("filters");
  const showFilters = document.getElementById("show-filters");
  const open = (on) => {
    menu.hidden = !on;
    take.setAttribute("aria-expanded", String(on));
  };
  take.addEventListener("click", () => open(menu.hidden));
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".tools")) open(false);
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      open(false);
      take.focus();
    }
  });
  showFilters.addEventListener("click", () => {
    const on = filters.classList.toggle("open");
    showFilters.setAttribute("aria-expanded", String(on));
  });
  document.getElementById("reset").addEventListener("click", () => {
    document.getElementById("search").value = "";
    store.reset();
    picture.fit();
  });
}

function joinExports(atlas, store, scope, picture) {
  const on = (id, action) => document.getElementById(id).addEventListener("click", action);
  on("export-png", () => exportPng(picture));
  on("export-svg", () => save("graph.svg", "image/svg+xml", makeSvg(picture)));
  on("export-csv", () => save("nodes.csv", "text/csv", makeNodesCsv(atlas, scope)));
  on("export-edges", () => save("statements.csv", "text/csv", makeEdgesCsv(atlas, scope)));
  on("export-turtle", () => save("graph.ttl", "text/turtle", makeTurtle(atlas, scope)));
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function joinKeys(store, picture) {
  const typing = (element) => element.matches("input:not([type=checkbox]):not([type=radio]), select, textarea");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "/") {
      event.preventDefault();
      document.getElementById("search").focus();
    } else if (event.key === "Escape") letGo(store);
  });
  picture.box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    if (arrow) {
      const node = picture.neighbourTowards(...arrow);
      if (node >= 0) store.select(node);
    } else if (event.key === "+" || event.key === "=") picture.zoomBy(1.35);
    else if (event.key === "-") picture.zoomBy(1 / 1.35);
    else if (event.key === "0") picture.fit();
    else if (event.key === "Enter" && store.state.node >= 0) document.getElementById("details").focus();
    else return;
    event.preventDefault();
  });
  document.getElementById("zoom-in").addEventListener("click", () => picture.zoomBy(1.35));
  document.getElementById("zoom-out").addEventListener("click", () => picture.zoomBy(1 / 1.35));
  document.getElementById("zoom-fit").addEventListener("click", () => picture.fit());
}

/** Lets go of what is selected; where nothing is, of what an answer has lit. */
function letGo(store) {
  const { node, edge, found } = store.state;
  if (found.length && node < 0 && edge < 0) store.set({ found: [] });
  else store.select(NOTHING);
}

/** What the picture shows, in words, under it. */
function describe(atlas, scope, picture) {
  let left = 0;
  for (const passes of scope.node) left += passes;
  const drawn = picture.shown.size;
  const of = left < atlas.count ? ` of ${atlas.count.toLocaleString("en")}` : "";
  document.getElementById("count").textContent =
    drawn < left
      ? `${drawn.toLocaleString("en")} of ${atlas.count.toLocaleString("en")} drawn; open a disc for more`
      : `${left.toLocaleString("en")}${of} shown`;
}

/** Whether a change of state asks for the filters to be worked out anew. */
function filtersDiffer(a, b) {
  return (
    a.off !== b.off ||
    a.only !== b.only ||
    a.topic !== b.topic ||
    a.list !== b.list ||
    a.confidence !== b.confidence ||
    a.relationsOff !== b.relationsOff ||
    (a.only && (a.node !== b.node || a.hops !== b.hops))
  );
}

/** Whether nothing but the place of the window differs: then all is drawn already. */
function onlyMoved(a, b) {
  return Object.keys(a).every((key) => key === "view" || a[key] === b[key]);
}

function joinState(atlas, store, scope, picture, details, table, showTab) {
  const bring = (state, before) => {
    if (state !== before && onlyMoved(state, before)) return;
    scope.open = state.open.map((node) => atlas.discOf[node]);
    if (state !== before && filtersDiffer(state, before)) scope.compute(state);
    showTab(state);
    if (state.tab === "table") table.show(state);
    else {
      picture.show(state);
      describe(atlas, scope, picture);
    }
    details.show(state);
  };
  store.listen((state, before, gone) => {
    if (gone && state.tab === "graph") picture.goToView(state.view);
    bring(state, before);
    if (state.node === before.node || state.node < 0) return;
    announce(`${atlas.labels[state.node].slice(0, 200)}, ${atlas.kinds[atlas.kind[state.node]].label}`);
    if (state.tab === "graph" && !(gone && state.view)) picture.goToNode(state.node);
  });
  return bring;
}

async function start() {
  const theme = chooseTheme();
  const later = readData("data-more");
  const atlas = new Atlas(await readData("data-first"));
  const store = new Store(atlas);
  store.state = store.decode(location.hash.replace(/^#/, ""));
  const scope = new Scope(atlas);
  const index = new Index(atlas);
  scope.compute(store.state);
  const picture = new Picture(atlas, store, scope);
  const details = new Details(atlas, store, scope, index);
  const table = new Table(atlas, store, scope);
  new Legend(atlas, store, scope);
  makeChooser(atlas, index, document.getElementById("search"), document.getElementById("results"), (node) =>
    store.select(node),
  );
  const bring = joinState(atlas, store, scope, picture, details, table, joinTabs(store));
  joinTheme(theme, picture);
  joinMenus(store, picture);
  joinExports(atlas, store, scope, picture);
  joinKeys(store, picture);
  picture.fit(false);
  bring(store.state, store.state);
  const { view, node } = store.state;
  if (view) picture.goToView(view);
  else if (node >= 0) picture.goToNode(node);
  performance.mark("picture"); // from here on the picture is there and search answers
  document.documentElement.dataset.ready = "picture";
  atlas.addMore(await later);
  if (store.state.list >= 0) scope.compute(store.state);
  bring(store.state, store.state);
  if (document.getElementById("ask")) new Ask(atlas, store, index, picture, details).show(store.state);
  document.documentElement.dataset.ready = "all";
}

start();
