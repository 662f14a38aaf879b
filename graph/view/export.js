// export.js: takes away what is seen: as a picture (PNG, SVG), as tables (CSV), as RDF (Turtle).

/** Hands a file to the person; nothing leaves the page. */
function save(name, type, content) {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const link = make("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/** The canvas as it is, on the page's ground. */
function exportPng(picture) {
  const canvas = picture.network.canvas.frame.canvas;
  const copy = make("canvas", { width: canvas.width, height: canvas.height });
  const ctx = copy.getContext("2d");
  ctx.fillStyle = picture.painter.palette.ground;
  ctx.fillRect(0, 0, copy.width, copy.height);
  ctx.drawImage(canvas, 0, 0);
  copy.toBlob((blob) => save("graph.png", "image/png", blob), "image/png");
}

function escapeXml(text) {
  const plain = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
  return plain.replace(
    /[&<>"']/g,
    (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[sign],
  );
}

/** The same picture in lines and shapes. */
function makeSvg(picture) {
  const { atlas, painter, scene, scope } = picture;
  const { palette } = painter;
  const lens = picture.lens();
  const X = (x) => ((x - lens.left) * lens.scale).toFixed(1);
  const Y = (y) => ((y - lens.top) * lens.scale).toFixed(1);
  const inside = (x, y, r) => x + r > lens.left && x - r < lens.right && y + r > lens.top && y - r < lens.bottom;
  const out = [
    `<svg xmlns="${SVG_NAMESPACE}" width="${lens.width}" height="${lens.height}" viewBox="0 0 ${lens.width} ${lens.height}">`,
    `<title>${escapeXml(atlas.title)}</title>`,
    `<rect width="100%" height="100%" fill="${palette.ground}"/>`,
  ];
  const { discs } = atlas;
  for (const d of painter.discOrder) {
    if (!painter.discShows(d, lens)) continue;
    const topic = painter.isArea(d);
    out.push(
      `<circle cx="${X(discs.x[d])}" cy="${Y(discs.y[d])}" r="${(discs.r[d] * lens.scale).toFixed(1)}" fill="${topic && painter.depth[d] % 2 ? palette.disc : palette["disc-deep"]}" stroke="${topic ? palette["disc-line"] : palette["hub-line"]}"${topic ? "" : ' stroke-dasharray="4 4"'}/>`,
    );
  }
  for (const fact of new Set([...scene.facts, ...scene.lit])) {
    if (!painter.crosses(fact, lens)) continue;
    const [s, o] = [atlas.subject[fact], atlas.object[fact]];
    const line = atlas.relations[atlas.relation[fact]].line;
    const lit = scene.lit.has(fact);
    out.push(
      `<line x1="${X(atlas.x[s])}" y1="${Y(atlas.y[s])}" x2="${X(atlas.x[o])}" y2="${Y(atlas.y[o])}" stroke="${palette[`edge-${line}`]}" stroke-width="${lit ? 2 : 1}" stroke-opacity="${lit ? 1 : (painter.strength(fact, line) * (scene.focus.size ? 0.35 : 1)).toFixed(2)}"${line === "member" ? ' stroke-dasharray="2 4"' : ""}/>`,
    );
  }
  for (const node of scene.order) {
    if (!inside(atlas.x[node], atlas.y[node], atlas.size[node])) continue;
    const kind = atlas.kinds[atlas.kind[node]];
    const faint = !scope.node[node] ? 0.13 : scene.focus.size && !scene.focus.has(node) ? 0.28 : 1;
    out.push(
      `<path d="${MARKS[kind.mark]}" transform="translate(${X(atlas.x[node])} ${Y(atlas.y[node])}) scale(${(atlas.size[node] * lens.scale).toFixed(2)})" fill="${kindColour(kind)}"${faint < 1 ? ` opacity="${faint}"` : ""}><title>${escapeXml(shorten(atlas.labels[node], 300))}</title></path>`,
    );
  }
  const ctx = picture.network.canvas.frame.canvas.getContext("2d");
  for (const label of picture.labels.find(ctx, lens, scene)) {
    out.push(
      `<text x="${label.x.toFixed(1)}" y="${label.y.toFixed(1)}" text-anchor="middle" dominant-baseline="central" font-family="${escapeXml(FONT)}" font-size="${label.size.toFixed(1)}" font-weight="${label.weight}" fill="${label.colour}" stroke="${palette.disc}" stroke-width="3" stroke-linejoin="round" paint-order="stroke">${escapeXml(label.text)}</text>`,
    );
  }
  out.push("</svg>");
  return out.join("\n");
}

/** A cell of a CSV table; one that a spreadsheet would run is written so that it does not. */
function csvCell(value) {
  let text = String(value ?? "");
  if (/^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text))) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function makeNodesCsv(atlas, scope) {
  const rows = [["iri", "label", "class", "aliases", "urls", "topics"]];
  for (let i = 0; i < atlas.count; i++) {
    if (!scope.node[i]) continue;
    rows.push([
      atlas.iri(i),
      atlas.labels[i],
      atlas.kinds[atlas.kind[i]].name,
      (atlas.aliases[i] ?? []).join("|"),
      atlas.urls(i).join(" "),
      atlas
        .topicsOf(i)
        .map((t) => atlas.labels[t])
        .join("|"),
    ]);
  }
  return rows.map((row) => row.map(csvCell).join(",")).join("\n") + "\n";
}

function makeEdgesCsv(atlas, scope) {
  const rows = [
    [
      "subject",
      "predicate",
      "object",
      "subject_label",
      "object_label",
      "source",
      "line",
      "quote",
      "rule",
      "confidence",
    ],
  ];
  for (let f = 0; f < atlas.facts; f++) {
    if (!scope.fact[f]) continue;
    const object = atlas.object[f];
    const fact = [
      atlas.iri(atlas.subject[f]),
      atlas.relations[atlas.relation[f]].name,
      object >= 0 ? atlas.iri(object) : atlas.objectText(f),
      atlas.labels[atlas.subject[f]],
      object >= 0 ? atlas.labels[object] : "",
    ];
    for (const reading of atlas.evidence(f))
      rows.push([
        ...fact,
        atlas.lists[reading.list]?.source ?? "",
        reading.line || "",
        reading.quote,
        reading.rule,
        reading.confidence / 100,
      ]);
  }
  return rows.map((row) => row.map(csvCell).join(",")).join("\n") + "\n";
}

const turtleIri = (iri) => `<${iri.replace(/[\u0000-\u0020<>"{}|^`\\]/g, (sign) => encodeURIComponent(sign))}>`;
const turtleText = (text) =>
  `"${text
    .replace(/[\\"]/g, "\\$&")
    .replace(/\n/g, "\\n")
    .replace(/\r/g, "\\r")
    .replace(/\t/g, "\\t")
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "")}"`;

function makeTurtle(atlas, scope) {
  const out = Object.entries(atlas.prefixes).map(([prefix, iri]) => `@prefix ${prefix}: <${iri}> .`);
  for (let i = 0; i < atlas.count; i++) {
    if (!scope.node[i]) continue;
    const lines = [
      `${turtleIri(atlas.iri(i))} a ${atlas.kinds[atlas.kind[i]].name}`,
      `skos:prefLabel ${turtleText(atlas.labels[i])}`,
    ];
    for (const name of atlas.aliases[i] ?? []) lines.push(`skos:altLabel ${turtleText(name)}`);
    for (const f of atlas.factsOf(i)) {
      if (atlas.subject[f] !== i || !scope.fact[f]) continue;
      const object = atlas.object[f];
      const text = atlas.objectText(f);
      const value =
        object >= 0 ? turtleIri(atlas.iri(object)) : /^https?:/.test(text) ? turtleIri(text) : turtleText(text);
      lines.push(`${atlas.relations[atlas.relation[f]].name} ${value}`);
    }
    out.push("", lines.join(" ;\n  ") + " .");
  }
  return out.join("\n") + "\n";
}
