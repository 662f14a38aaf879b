// labels.js: the names in the picture: the important first, none over another, more of them the nearer one looks.

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';
const LABELS_MOST = 260;
const LEADERS = 10; // so many of the most important nodes get their names first

/** Finds room for the labels of a frame, and writes them. */
class Labels {
  constructor(painter) {
    this.painter = painter;
    this.atlas = painter.atlas;
    this.widths = new Map();
  }

  /** A node's radius on the screen; the smallest stay visible from afar. */
  radius(node, lens) {
    return Math.max(this.atlas.size[node] * lens.scale, 2);
  }

  /** The labels of a frame, as `{text, x, y, size, weight, colour}` in screen pixels: the important first, none over another. */
  find(ctx, lens, scene) {
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
    for (const node of scene.named) add(this.nodeLabel(node, lens, scene, true), undefined, true);
    this.discLabels(lens, add);
    this.edgeLabels(lens, scene, add);
    const seen = scene.order.filter((node) => this.inWindow(node, lens));
    const wanted = seen.filter((node) => this.wantsLabel(node, lens, scene)).slice(0, 1200);
    const leads = (node) =>
      this.atlas.discOf[node] >= 0 || (node < LEADERS && this.atlas.kinds[this.atlas.kind[node]].family !== "Resource");
    const place = (node) => {
      if (found.length >= LABELS_MOST) return;
      const radius = this.radius(node, lens);
      const label = this.nodeLabel(node, lens, scene, false);
      const beside = radius / (this.width(ctx, label) / 2 + 4) + 1;
      add(label, [
        [0, 0],
        [0, -2 * (label.y - (this.atlas.y[node] - lens.top) * lens.scale)],
        [beside, -radius - label.size * 0.7],
        [-beside, -radius - label.size * 0.7],
      ]);
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
    taken.take(
      (this.atlas.x[node] - lens.left) * lens.scale - half,
      (this.atlas.y[node] - lens.top) * lens.scale - half,
      2 * half,
      2 * half,
    );
  }

  inWindow(node, lens) {
    const { x, y } = this.atlas;
    const margin = 80 / lens.scale;
    return (
      x[node] > lens.left - margin &&
      x[node] < lens.right + margin &&
      y[node] > lens.top - margin &&
      y[node] < lens.bottom + margin
    );
  }

  /** Whether a node is near or important enough for its name; a topic's name stands on its disc. */
  wantsLabel(node, lens, scene) {
    if (scene.named.has(node) || (this.atlas.discOf[node] >= 0 && this.atlas.isTopic(node))) return false;
    if (scene.focus.size) return scene.focus.has(node) || this.atlas.size[node] * lens.scale > 10;
    const long = this.atlas.kinds[this.atlas.kind[node]].family === "Resource"; // a title says less from afar than a name
    return this.atlas.size[node] * lens.scale > (long ? 5 : 2.4) || (node < 60 && !long);
  }

  nodeLabel(node, lens, scene, full) {
    const { atlas } = this;
    const { palette } = this.painter;
    const radius = this.radius(node, lens);
    const size = Math.min(15, Math.max(11.5, 8 + radius / 2.2));
    const most = full ? 46 : radius > 26 ? 60 : radius > 12 ? 38 : 26;
    const dim = scene.focus.size && !scene.focus.has(node);
    return {
      text: shorten(atlas.labels[node], most),
      x: (atlas.x[node] - lens.left) * lens.scale,
      y: (atlas.y[node] - lens.top) * lens.scale + radius * 1.1 + size * 0.66 + (full ? 4 : 1),
      size,
      weight: full || radius > 13 ? 600 : 400,
      colour: dim ? palette.soft : palette.ink,
    };
  }

  discLabels(lens, add) {
    const { atlas } = this;
    const { palette } = this.painter;
    const { x, y, r } = atlas.discs;
    for (const disc of this.painter.discOrder) {
      if (!this.painter.discShows(disc, lens) || !this.painter.isArea(disc)) continue;
      const radius = r[disc] * lens.scale;
      if (radius < 16) continue;
      const size = Math.min(21, Math.max(11.5, radius / 7.5));
      const label = {
        text: shorten(
          this.painter.discName(disc),
          Math.max(24, Math.min(60, Math.floor((2.4 * radius) / (size * 0.52)))),
        ),
        x: (x[disc] - lens.left) * lens.scale,
        y: (y[disc] - r[disc] - lens.top) * lens.scale,
        size,
        weight: 650,
        colour: palette.topic,
      };
      if (label.y < size * 0.7 && radius > lens.height / 3) label.y = size; // a disc larger than the window is still named
      if (!this.painter.scope.isOpen(disc)) label.y = (y[disc] - lens.top) * lens.scale;
      add(label, [
        [0, 0],
        [0, size * 0.8],
        [0, -size * 0.5],
      ]);
    }
  }

  /** The words of the edges that are looked at, where there are few enough to read. */
  edgeLabels(lens, scene, add) {
    const { atlas } = this;
    const { palette } = this.painter;
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

  draw(ctx, lens, labels) {
    ctx.save();
    const ratio = lens.ratio;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    ctx.strokeStyle = this.painter.palette.disc;
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
