// data.js: from the page's JSON to arrays that answer at once.

const PICTURE_MOST = 1500; // nodes that the picture draws smoothly

/** Reads one of the two data elements; long data is deflated, in base64. The element is emptied, to free its memory. */
async function readData(id) {
  const element = document.getElementById(id);
  const text = element.textContent;
  element.textContent = "";
  if (element.type === "application/json") return JSON.parse(text);
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).json();
}

/** The graph: nodes and facts by number. Nodes are numbered by importance; a fact's object below 0 is a value. */
class Atlas {
  constructor(first) {
    Object.assign(this, {
      title: first.title,
      base: first.base,
      prefixes: first.prefixes,
      lists: first.lists,
      kinds: first.kinds,
      relations: first.relations,
      aliases: first.aliases,
      values: first.values,
      options: first.options,
      discs: first.discs,
    });
    const nodes = first.nodes;
    this.count = nodes.label.length;
    this.iris = nodes.iri;
    this.labels = nodes.label;
    this.kind = Uint8Array.from(nodes.kind);
    this.x = Float32Array.from(nodes.x);
    this.y = Float32Array.from(nodes.y);
    this.size = Float32Array.from(nodes.size);
    this.home = Int32Array.from(nodes.home);
    this.subject = Int32Array.from(first.edges.s);
    this.relation = Uint8Array.from(first.edges.p);
    this.object = Int32Array.from(first.edges.o);
    this.confidence = Uint8Array.from(first.edges.c);
    this.facts = this.subject.length;
    this.more = null;
    this.link();
    this.discOf = new Int32Array(this.count).fill(-1);
    first.discs.node.forEach((node, disc) => {
      if (node >= 0) this.discOf[node] = disc;
    });
  }

  /** Lists, for each node, the facts that it is in (as subject or as object), as one array with offsets. */
  link() {
    const offset = new Int32Array(this.count + 1);
    const both = (visit) => {
      for (let f = 0; f < this.facts; f++) {
        visit(this.subject[f], f);
        if (this.object[f] >= 0 && this.object[f] !== this.subject[f]) visit(this.object[f], f);
      }
    };
    both((node) => {
      offset[node + 1]++;
    });
    for (let i = 0; i < this.count; i++) offset[i + 1] += offset[i];
    const next = offset.slice();
    const list = new Int32Array(offset[this.count]);
    both((node, fact) => {
      list[next[node]++] = fact;
    });
    this.factOffset = offset;
    this.factList = list;
  }

  /** The facts that a node is in. */
  factsOf(node) {
    return this.factList.subarray(this.factOffset[node], this.factOffset[node + 1]);
  }

  /** The node at the other end of a fact, or -1 where there is none. */
  other(fact, node) {
    const object = this.object[fact];
    if (object < 0) return -1;
    return this.subject[fact] === node ? object : this.subject[fact];
  }

  iri(node) {
    const iri = this.iris[node];
    return iri[0] === "~" ? this.base + iri.slice(1) : iri;
  }

  /** A node's short name in the address: its IRI without the base. */
  key(node) {
    return this.iris[node].replace(/^~/, "");
  }

  /** The node of a key, an IRI or, failing those, a name; -1 where there is none. */
  find(key) {
    if (!this.byKey) {
      this.byKey = new Map();
      for (let i = this.count - 1; i >= 0; i--) this.byKey.set(this.labels[i], i);
      for (let i = this.count - 1; i >= 0; i--) this.byKey.set(this.key(i), i).set(this.iri(i), i);
    }
    return this.byKey.get(key) ?? -1;
  }

  /** Whether there are more nodes than the picture draws at once. */
  isBig() {
    return this.count > PICTURE_MOST;
  }

  /** The node whose disc a node stands in: its own, where it has one; -1 for the outermost. */
  holder(node) {
    return this.discOf[node] >= 0 ? node : this.discs.node[this.home[node]];
  }

  isTopic(node) {
    return this.kinds[this.kind[node]].name === "atlas:Topic";
  }

  /** What stands at the end of a fact, in words. */
  objectText(fact) {
    const object = this.object[fact];
    return object >= 0 ? this.labels[object] : this.values[-object - 1];
  }

  sentence(fact) {
    return `${this.labels[this.subject[fact]]} ${this.relations[this.relation[fact]].words} ${this.objectText(fact)}`;
  }

  /** A topic and all narrower ones, as a set of nodes. */
  topicsWithin(topic) {
    const found = new Set([topic]);
    for (const node of found) {
      for (const fact of this.factsOf(node)) {
        const narrower = this.relations[this.relation[fact]].name === "skos:broader" && this.object[fact] === node;
        if (narrower) found.add(this.subject[fact]);
      }
    }
    return found;
  }

  /** The topics that a node is directly in. */
  topicsOf(node) {
    const topics = [];
    for (const fact of this.factsOf(node)) {
      if (this.relations[this.relation[fact]].member && this.subject[fact] === node) topics.push(this.object[fact]);
    }
    return topics;
  }

  /** Whether a fact says of a node that it is in a topic around the disc that it stands in: the picture shows that already. */
  isShownByDisc(fact) {
    if (!this.relations[this.relation[fact]].member) return false;
    const wanted = this.discOf[this.object[fact]];
    const own = this.discOf[this.subject[fact]];
    let disc = this.discs.parent[own >= 0 ? own : this.home[this.subject[fact]]];
    if (own >= 0) disc = this.discs.parent[disc] ?? -1;
    for (; disc >= 0; disc = this.discs.parent[disc]) if (disc === wanted) return true;
    return false;
  }

  /** Takes in what is read after the first picture: descriptions, links, places, evidence. */
  addMore(more) {
    this.more = more;
    const count = more.evidence.count;
    this.evidenceOffset = new Int32Array(count.length + 1);
    for (let f = 0; f < count.length; f++) this.evidenceOffset[f + 1] = this.evidenceOffset[f] + count[f];
  }

  /** The readings of a fact: where the lists say it, in which words. */
  evidence(fact) {
    const { source, line, quote, rule, confidence } = this.more.evidence;
    const found = [];
    for (let i = this.evidenceOffset[fact]; i < this.evidenceOffset[fact + 1]; i++) {
      found.push({
        list: source[i],
        line: line[i],
        quote: quote[i],
        rule: this.more.rules[rule[i]],
        confidence: confidence[i],
      });
    }
    return found;
  }

  urls(node) {
    const urls = this.more.urls[node];
    return urls ? urls.split(" ") : this.iris[node].startsWith("~") ? [] : [this.iri(node)];
  }
}
