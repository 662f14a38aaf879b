// worker.js: runs beside the page, after Oxigraph's own web.js: loads the triples, answers queries, one at a time.

const ROWS_MOST = 100_000; // more would take the page long to take over, and nobody reads them
const JSON_RESULTS = "application/sparql-results+json";
let store;

/** Replies with `{ready}`, or with `{vars, rows, count}`, `{truth}` or `{error}`; terms are those of SPARQL's JSON results. */
self.onmessage = ({ data }) => {
  try {
    self.postMessage(data.engine ? open(data) : answer(data));
  } catch (error) {
    // A trap of WebAssembly (memory at its end) leaves the engine unusable; what the parser says is an Error.
    self.postMessage({ error: String(error?.message ?? error), broken: error instanceof WebAssembly.RuntimeError });
  }
};

function open({ engine, triples }) {
  initSync({ module: engine });
  store = new Store();
  for (const part of triples)
    store.load(new Uint8Array(part), { format: "text/turtle", no_transaction: true, lenient: true });
  return { ready: store.size };
}

function answer({ query, form }) {
  if (form === "construct" || form === "describe") return describeTriples(store.query(query));
  const { head, boolean, results } = JSON.parse(store.query(query, { results_format: JSON_RESULTS }));
  return boolean === undefined ? table(head.vars, results.bindings) : { truth: boolean };
}

/** What CONSTRUCT and DESCRIBE give, as rows like those of SELECT. */
function describeTriples(quads) {
  const vars = ["subject", "predicate", "object"];
  const row = (quad) => Object.fromEntries(vars.map((name) => [name, plain(quad[name])]));
  return table(vars, quads, row);
}

function table(vars, found, row = (each) => each) {
  return { vars, rows: found.slice(0, ROWS_MOST).map(row), count: found.length };
}

function plain(term) {
  if (term.termType === "NamedNode") return { type: "uri", value: term.value };
  if (term.termType === "BlankNode") return { type: "bnode", value: term.value };
  if (term.termType !== "Literal") return { type: "triple", value: String(term) };
  return term.language
    ? { type: "literal", value: term.value, "xml:lang": term.language }
    : { type: "literal", value: term.value, datatype: term.datatype.value };
}
