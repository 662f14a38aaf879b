// engine.js: Oxigraph in a worker: made when the first query is asked, ended where one is stopped.

/** Reads a data element that is deflated, in base64, as bytes. The element is emptied, to free its memory. */
async function readBytes(id) {
  const element = document.getElementById(id);
  const text = element.textContent;
  element.textContent = "";
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).arrayBuffer();
}

// A query's form: the first word after comments and declarations.
const FORM = /^(?:\s|#[^\n\r]*|base\s*<[^>]*>|prefix\s+[^\s:]*:\s*<[^>]*>)*([a-z]+)/i;
const CHANGES = new Set(["insert", "delete", "with", "load", "clear", "drop", "create", "add", "move", "copy"]);

/** Answers queries over the page's triples, one at a time. */
class Engine {
  constructor(prefixes) {
    // On a line of their own: what the engine says of a query's lines is off by one, and of its columns by none.
    this.prologue = Object.entries(prefixes)
      .map(([prefix, iri]) => `PREFIX ${prefix}: <${iri}>`)
      .join(" ");
    this.worker = null;
    this.turn = 0;
    this.end = () => {};
  }

  /** What the worker is made of, and what it loads; read from the page once. */
  read() {
    this.parts ??= Promise.all(["sparql-script", "sparql-engine", "sparql-facts", "sparql-evidence"].map(readBytes));
    return this.parts;
  }

  /** Starts the worker and loads the triples; resolves to how many there are. */
  async start() {
    const [script, engine, ...triples] = await this.read();
    if (this.worker) return this.loading;
    const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
    this.worker = new Worker(url);
    this.loading = this.tell({ engine, triples }).then(({ ready, error }) => {
      URL.revokeObjectURL(url);
      if (error) this.drop();
      if (error) throw new Error(error);
      return ready;
    });
    return this.loading;
  }

  /** Sends the worker a message; resolves to its reply, or to `{stopped}`. */
  tell(message) {
    return new Promise((resolve) => {
      this.end = resolve;
      this.worker.onmessage = ({ data }) => {
        if (data.broken) this.drop();
        resolve(data);
      };
      this.worker.onerror = (event) => {
        event.preventDefault();
        this.drop();
        resolve({ error: event.message || "The engine did not start.", broken: true });
      };
      this.worker.postMessage(message);
    });
  }

  /** Answers a query: `{vars, rows, count}`, `{truth}`, `{error}` or `{stopped}`. */
  async answer(query) {
    const turn = ++this.turn;
    const form = FORM.exec(query)?.[1].toLowerCase();
    if (CHANGES.has(form)) return { error: "The graph of this page can be asked, not changed." };
    await this.start();
    if (turn !== this.turn || !this.worker) return { stopped: true };
    return this.tell({ form, query: `${this.prologue}\n${query}` });
  }

  /** Ends what runs, at once; the next query starts the worker anew. */
  stop() {
    this.turn++;
    this.drop();
    this.end({ stopped: true });
  }

  drop() {
    this.worker?.terminate();
    this.worker = null;
  }
}

const FAULT = /^error at (\d+):(\d+): expected (?:one of )?([^]*)$/;
// Among what the engine expected: a sign, a keyword, or what it says in words of its own.
const EXPECTED = /"([^"]+)"|\b([A-Z]{2,}(?: [A-Z]+)*)\b|\b([A-Z][a-z][^,[\]"]*)/g;

/** What the engine says of a query: `{line, column, text}`, both from 1, columns in letters; line 0 where it names none. */
function explainFault(error, query) {
  const found = FAULT.exec(error);
  if (!found) return { line: 0, column: 0, text: error };
  const line = Number(found[1]) - 1; // the first line holds the prefixes
  const column = Number(found[2]);
  const expected = [...found[3].replace(/\[(?:'[^']+'|[^'\]])*\]/g, "").matchAll(EXPECTED)];
  const said = expected.map(([, , , words]) => words?.trim()).filter(Boolean);
  if (said.includes("Prefix not found")) return undeclared(query, line, column);
  const signs = expected.map(([, sign, keyword]) => sign ?? keyword);
  const text = signs.length ? `expected ${signs.join("  ")}` : "the query cannot go on like this";
  return { line, column, text: said.join("; ") || text };
}

function lettersBefore(query, line, column) {
  return [...(query.split("\n")[line - 1] ?? "")].slice(0, column - 1).join("");
}

/** The engine tells of a prefix that it does not know where the name ends; what is meant is where it begins. */
function undeclared(query, line, column) {
  const name = /[\p{L}\p{N}_.-]*:[^\s:<>"]*$/u.exec(lettersBefore(query, line, column))?.[0] ?? "";
  const prefix = name.replace(/:.*/, ":");
  return {
    line,
    column: column - [...name].length,
    text: prefix ? `the prefix ${prefix} is not declared` : "a prefix is not declared",
  };
}
