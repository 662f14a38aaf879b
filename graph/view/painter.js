// painter.js: what is drawn around vis-network's nodes: discs beneath them, edges, and labels that keep apart.

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';
const LABELS_MOST = 260;
const DASHES_MOST = 150; // more dashed lines than these take a browser too long to draw
const LEADERS = 10; // so many of the most important nodes get their names first

/** The theme's colours, read from the style sheet. */
function readPalette() {
  const style = getComputedStyle(document.documentElement);
  const names = ["paper", "ground", "ink", "soft", "accent", "disc", "disc-deep", "disc-line", "hub-line", "topic", "edge-member", "edge-subject", "edge-people", "edge-technical"];
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

/** Paints one frame. `scene` says what is in it: nodes, facts, focus. All lengths on screen are in CSS pixels. */
class Painter {
  constructor(atlas, scope) {
    this.atlas = atlas;
    this.scope = scope;
    this.palette = readPalette();
    this.widths = new Map();
    this.discOrder = this.orderDiscs();
  }

  /** Discs from the outermost in, with how deep each lies; the one around everything is not drawn. */
  orderDiscs() {
    const { node, parent, r } = this.atlas.discs;
    const depth = [];
    node.forEach((_, d) => { depth[d] = parent[d] < 0 ? 0 : depth[parent[d]] + 1; });
    this.depth = depth;
    // A list whose title is no topic is drawn as a disc of its own, with the title.
    this.rootShows = this.atlas.lists.length === 1 && parent.filter((p) => p === 0).length !== 1;
    return node.map((_, d) => d).filter((d) => node[d] >= 0 || (this.rootShows && d === 0)).sort((a, b) => depth[a] - depth[b] || r[b] - r[a]);
  }

  /** Whether a disc is a topic's (or the list's) and not an entity's. */
  isArea(disc) {
    const node = this.atlas.discs.node[disc];
    return node < 0 || this.atlas.isTopic(node);
  }

  /** What stands on a disc's rim. */
  discName(disc) {
    const node = this.atlas.discs.node[disc];
    return node < 0 ? this.atlas.title : this.atlas.labels[node];
  }

  recolour() { this.palette = readPalette(); }

  /** Whether a disc is seen in this view, and is not left out by the filters. */
  discShows(disc, lens) {
    const { x, y, r, node } = this.atlas.discs;
    const size = r[disc] * lens.scale;
    return size > 5 && (node[disc] < 0 || this.scope.node[node[disc]]) && x[disc] + r[disc] > lens.left && x[disc] - r[disc] < lens.right && y[disc] + r[disc] > lens.top && y[disc] - r[disc] < lens.bottom;
  }

  /** The discs, outer ones first. Each is a path of its own: a browser draws many small paths sooner than a large one. */
  discs(ctx, lens) {
    const { palette } = this;
    const { x, y, r } = this.atlas.discs;
    for (const disc of this.discOrder) {
      if (!this.discShows(disc, lens)) continue;
      const topic = this.isArea(disc);
      ctx.beginPath();
      ctx.arc(x[disc], y[disc], r[disc], 0, 2 * Math.PI);
      ctx.fillStyle = topic && this.depth[disc] % 2 ? palette.disc : palette["disc-deep"];
      ctx.globalAlpha = topic ? 1 : 0.55;
      ctx.fill();
      ctx.globalAlpha = 1;
      ctx.strokeStyle = topic ? palette["disc-line"] : palette["hub-line"];
      ctx.lineWidth = (topic ? 1.4 : 1) / lens.scale;
      ctx.setLineDash(topic ? [] : [4 / lens.scale, 4 / lens.scale]);
      ctx.stroke();
    }
    ctx.setLineDash([]);
  }

  /** All edges of the scene, by way of drawing and strength, each with a stroke of its own (see `discs`). */
  edges(ctx, lens, scene) {
    const { atlas } = this;
    const heaps = new Map();
    for (const fact of scene.facts) {
      if (scene.lit.has(fact) || !this.crosses(fact, lens)) continue;
      const line = atlas.relations[atlas.relation[fact]].line;
      const heap = `${line} ${this.strength(fact, line)}`;
      if (!heaps.has(heap)) heaps.set(heap, []);
      heaps.get(heap).push(fact);
    }
    const fade = (scene.focus.size ? 0.3 : 1) * Math.min(1, Math.max(0.45, Math.sqrt(500 / scene.facts.length)));
    for (const [heap, facts] of heaps) {
      const [line, strength] = heap.split(" ");
      ctx.strokeStyle = this.palette[`edge-${line}`];
      ctx.globalAlpha = Number(strength) * fade;
      ctx.lineWidth = (line === "technical" ? 1.5 : line === "member" ? 0.8 : 1.1) / lens.scale;
      ctx.setLineDash(line === "member" && facts.length < DASHES_MOST ? [1.5 / lens.scale, 3.5 / lens.scale] : []);
      for (const fact of facts) {
        ctx.beginPath();
        this.trace(ctx, fact);
        ctx.stroke();
      }
    }
    ctx.setLineDash([]);
    ctx.globalAlpha = 1;
  }

  /** Whether an edge may be seen in the window: not if both ends lie beyond the same side of it. */
  crosses(fact, lens) {
    const { x, y, subject, object } = this.atlas;
    const [s, o] = [subject[fact], object[fact]];
    return Math.max(x[s], x[o]) > lens.left && Math.min(x[s], x[o]) < lens.right && Math.max(y[s], y[o]) > lens.top && Math.min(y[s], y[o]) < lens.bottom;
  }

  /** Long edges, and those of what everyone names, are drawn faintly, or they would hide the rest. */
  strength(fact, line) {
    if (line === "member") return 0.5;
    const { factOffset, subject, object, x, y, discs } = this.atlas;
    const [s, o] = [subject[fact], object[fact]];
    const degree = Math.max(factOffset[s + 1] - factOffset[s], factOffset[o + 1] - factOffset[o]);
    const far = Math.hypot(x[s] - x[o], y[s] - y[o]) / discs.r[0];
    const base = line === "technical" ? 0.8 : 0.55;
    return base * (degree > 60 ? 0.35 : degree > 18 ? 0.65 : 1) * (far > 0.45 ? 0.35 : far > 0.2 ? 0.6 : 1);
  }

  trace(ctx, fact) {
    const { x, y, subject, object } = this.atlas;
    ctx.moveTo(x[subject[fact]], y[subject[fact]]);
    ctx.lineTo(x[object[fact]], y[object[fact]]);
  }

  /** The edges of what is looked at: stronger, with arrowheads. */
  litEdges(ctx, lens, scene) {
    const { atlas, palette } = this;
    for (const fact of scene.lit) {
      const relation = atlas.relations[atlas.relation[fact]];
      const chosen = fact === scene.edge || scene.way.has(fact);
      ctx.strokeStyle = ctx.fillStyle = chosen ? palette.accent : palette[`edge-${relation.line}`];
      ctx.lineWidth = (chosen ? 3.2 : relation.member ? 1.2 : 1.9) / lens.scale;
      ctx.setLineDash(relation.member && !chosen ? [2 / lens.scale, 4 / lens.scale] : []);
      ctx.beginPath();
      this.trace(ctx, fact);
      ctx.stroke();
      ctx.setLineDash([]);
      if (!relation.member || chosen) this.arrow(ctx, lens, fact);
    }
  }

  arrow(ctx, lens, fact) {
    const { x, y, size, subject, object } = this.atlas;
    const s = subject[fact];
    const o = object[fact];
    const angle = Math.atan2(y[o] - y[s], x[o] - x[s]);
    const long = Math.min(9 / lens.scale, size[o] * 1.3);
    const tipX = x[o] - Math.cos(angle) * (size[o] * 1.08 + 1);
    const tipY = y[o] - Math.sin(angle) * (size[o] * 1.08 + 1);
    ctx.beginPath();
    ctx.moveTo(tipX, tipY);
    ctx.lineTo(tipX - long * Math.cos(angle - 0.42), tipY - long * Math.sin(angle - 0.42));
    ctx.lineTo(tipX - long * Math.cos(angle + 0.42), tipY - long * Math.sin(angle + 0.42));
    ctx.fill();
  }

  /** Rings around the selected node, the one under the pointer and the ends of a path. */
  rings(ctx, lens, scene) {
    const { x, y, size } = this.atlas;
    for (const node of scene.ringed) {
      ctx.beginPath();
      ctx.arc(x[node], y[node], size[node] * 1.15 + 5 / lens.scale, 0, 2 * Math.PI);
      ctx.strokeStyle = this.palette.accent;
      ctx.lineWidth = 2.5 / lens.scale;
      ctx.stroke();
    }
  }

  /** A node's radius on the screen; the smallest stay visible from afar. */
  radius(node, lens) { return Math.max(this.atlas.size[node] * lens.scale, 2); }

  /** The labels of a frame, as `{text, x, y, size, weight, colour}` in screen pixels: the important first, none over another. */
  labels(ctx, lens, scene) {
    const taken = new LabelGrid(lens.width, lens.height);
    const found = [];
    const add = (label, places = [[0, 0]], must = false) => {
      const width = this.width(ctx, label);
      for (const [right, down] of places) {
        const x = label.x + right * (width / 2 + 4);
        const y = label.y + down;
        const box = [x - width / 2 - 2, y - label.size * 0.6, width + 4, label.size * 1.2];
        const cut = box[0] < 0 || box[0] + box[2] > lens.width || box[1] < 0 || box[1] + box[3] > lens.height;
        if (!must && (cut || !taken.free(...box))) continue;
        taken.take(...box);
        found.push({ ...label, x, y });
        return;
      }
    };
    for (const node of scene.named) add(this.nodeLabel(node, lens, true), undefined, true);
    this.discLabels(lens, add);
    this.edgeLabels(lens, scene, add);
    const seen = scene.order.filter((node) => this.inWindow(node, lens));
    const wanted = seen.filter((node) => this.wantsLabel(node, lens, scene)).slice(0, 1200);
    const leads = (node) => this.atlas.discOf[node] >= 0 || (node < LEADERS && this.atlas.kinds[this.atlas.kind[node]].family !== "Resource");
    const place = (node) => {
      if (found.length >= LABELS_MOST) return;
      const radius = this.radius(node, lens);
      const label = this.nodeLabel(node, lens, false);
      const beside = radius / (this.width(ctx, label) / 2 + 4) + 1;
      add(label, [[0, 0], [0, -2 * (label.y - (this.atlas.y[node] - lens.top) * lens.scale)], [beside, -radius - label.size * 0.7], [-beside, -radius - label.size * 0.7]]);
    };
    wanted.filter(leads).forEach(place); // before the marks are kept free: these names matter more than a covered mark
    for (const node of seen) this.takeMark(taken, node, lens, scene);
    wanted.filter((node) => !leads(node)).forEach(place);
    return found;
  }

  /** Keeps labels off a node's mark, where the mark is large enough to be seen as one. */
  takeMark(taken, node, lens, scene) {
    const half = this.radius(node, lens) * 0.8;
    if (half < 2.4 || (scene.focus.size && !scene.focus.has(node))) return;
    taken.take((this.atlas.x[node] - lens.left) * lens.scale - half, (this.atlas.y[node] - lens.top) * lens.scale - half, 2 * half, 2 * half);
  }

  inWindow(node, lens) {
    const { x, y } = this.atlas;
    const margin = 80 / lens.scale;
    return x[node] > lens.left - margin && x[node] < lens.right + margin && y[node] > lens.top - margin && y[node] < lens.bottom + margin;
  }

  /** Whether a node is near or important enough for its name; a topic's name stands on its disc. */
  wantsLabel(node, lens, scene) {
    if (scene.named.has(node) || (this.atlas.discOf[node] >= 0 && this.atlas.isTopic(node))) return false;
    if (scene.focus.size) return scene.focus.has(node) || this.atlas.size[node] * lens.scale > 10;
    const long = this.atlas.kinds[this.atlas.kind[node]].family === "Resource"; // a title says less from afar than a name
    return this.atlas.size[node] * lens.scale > (long ? 5 : 2.4) || (node < 60 && !long);
  }

  nodeLabel(node, lens, full) {
    const { atlas, palette } = this;
    const radius = this.radius(node, lens);
    const size = Math.min(15, Math.max(11.5, 8 + radius / 2.2));
    const most = full ? 46 : radius > 26 ? 60 : radius > 12 ? 38 : 26;
    const dim = this.scene?.focus.size && !this.scene.focus.has(node);
    return {
      text: shorten(atlas.labels[node], most), x: (atlas.x[node] - lens.left) * lens.scale,
      y: (atlas.y[node] - lens.top) * lens.scale + radius * 1.1 + size * 0.66 + (full ? 4 : 1), size, weight: full || radius > 13 ? 600 : 400,
      colour: dim ? palette.soft : palette.ink,
    };
  }

  discLabels(lens, add) {
    const { atlas, palette } = this;
    const { x, y, r } = atlas.discs;
    for (const disc of this.discOrder) {
      if (!this.discShows(disc, lens) || !this.isArea(disc)) continue;
      const radius = r[disc] * lens.scale;
      if (radius < 16) continue;
      const size = Math.min(21, Math.max(11.5, radius / 7.5));
      const label = {
        text: shorten(this.discName(disc), Math.max(24, Math.min(60, Math.floor((2.4 * radius) / (size * 0.52))))),
        x: (x[disc] - lens.left) * lens.scale, y: (y[disc] - r[disc] - lens.top) * lens.scale, size, weight: 650, colour: palette.topic,
      };
      if (label.y < size * 0.7 && radius > lens.height / 3) label.y = size; // a disc larger than the window is still named
      if (!this.scope.isOpen(disc)) label.y = (y[disc] - lens.top) * lens.scale;
      add(label, [[0, 0], [0, size * 0.8], [0, -size * 0.5]]);
    }
  }

  /** The words of the edges that are looked at, where there are few enough to read. */
  edgeLabels(lens, scene, add) {
    const { atlas, palette } = this;
    const { x, y, subject, object } = atlas;
    const typed = [...scene.lit].filter((fact) => !atlas.relations[atlas.relation[fact]].member);
    if (typed.length > 24) return;
    for (const fact of typed) {
      const [s, o] = [subject[fact], object[fact]];
      if (Math.hypot(x[s] - x[o], y[s] - y[o]) * lens.scale < 110) continue;
      const at = { x: ((x[s] + x[o]) / 2 - lens.left) * lens.scale, y: ((y[s] + y[o]) / 2 - lens.top) * lens.scale };
      add({ text: atlas.relations[atlas.relation[fact]].words, ...at, size: 11, weight: 400, colour: palette.soft });
    }
  }

  width(ctx, label) {
    const key = `${label.weight} ${label.text}`;
    let width = this.widths.get(key);
    if (width === undefined) {
      if (this.widths.size > 20000) this.widths.clear();
      ctx.font = `${label.weight} 20px ${FONT}`;
      width = ctx.measureText(label.text).width / 20;
      this.widths.set(key, width);
    }
    return width * label.size;
  }

  drawLabels(ctx, lens, labels) {
    ctx.save();
    const ratio = lens.ratio;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    ctx.strokeStyle = this.palette.disc;
    for (const label of labels) {
      ctx.font = `${label.weight} ${label.size}px ${FONT}`;
      ctx.lineWidth = 3.4;
      ctx.globalAlpha = 0.88;
      ctx.strokeText(label.text, label.x, label.y);
      ctx.globalAlpha = 1;
      ctx.fillStyle = label.colour;
      ctx.fillText(label.text, label.x, label.y);
    }
    ctx.restore();
  }
}

/** Says quickly whether a label's box is free: the boxes so far, in square cells of the window. */
class LabelGrid {
  constructor(width, height, cell = 48) {
    this.cell = cell;
    this.columns = Math.ceil(width / cell) + 2;
    this.rows = Math.ceil(height / cell) + 2;
    this.cells = new Map();
  }

  *around(x, y, width, height) {
    const from = Math.max(-1, Math.floor(x / this.cell));
    const to = Math.min(this.columns, Math.floor((x + width) / this.cell));
    const top = Math.max(-1, Math.floor(y / this.cell));
    const bottom = Math.min(this.rows, Math.floor((y + height) / this.cell));
    for (let column = from; column <= to; column++) for (let row = top; row <= bottom; row++) yield column * 4096 + row;
  }

  free(x, y, width, height) {
    for (const key of this.around(x, y, width, height)) {
      for (const box of this.cells.get(key) ?? []) {
        if (x < box[0] + box[2] && box[0] < x + width && y < box[1] + box[3] && box[1] < y + height) return false;
      }
    }
    return true;
  }

  take(x, y, width, height) {
    const box = [x, y, width, height];
    for (const key of this.around(x, y, width, height)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
    }
  }
}
