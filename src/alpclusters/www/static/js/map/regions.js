// The regions as layers: fill by class, hatch without entry, outline, the chosen one.
const SIZE = 16;

export function regionStyle(shapes, colours) {
  const scale = [1, 2, 3, 4, 5, 6].flatMap((n) => [n, colours[`seq-${n}`]]);
  const isEmpty = ["==", ["get", "class"], -1];
  return {
    version: 8,
    sources: { regions: { type: "geojson", data: shapes, promoteId: "code" } },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": colours.sunken } },
      {
        id: "regions",
        type: "fill",
        source: "regions",
        paint: { "fill-color": ["match", ["get", "class"], ...scale, colours.surface] },
      },
      {
        id: "empty",
        type: "fill",
        source: "regions",
        filter: isEmpty,
        paint: { "fill-pattern": "hatch" },
      },
      {
        id: "outlines",
        type: "line",
        source: "regions",
        paint: { "line-color": colours["line-strong"], "line-width": 0.75 },
      },
      {
        id: "chosen",
        type: "line",
        source: "regions",
        filter: ["==", ["get", "code"], ""],
        paint: { "line-color": colours.focus, "line-width": 3 },
      },
    ],
  };
}

export function showHatch(map, colours) {
  const canvas = document.createElement("canvas");
  canvas.width = SIZE;
  canvas.height = SIZE;
  const pen = canvas.getContext("2d");
  pen.fillStyle = colours.surface;
  pen.fillRect(0, 0, SIZE, SIZE);
  pen.strokeStyle = colours.hatch;
  pen.lineWidth = 2;
  for (const shift of [-SIZE / 2, 0, SIZE / 2, SIZE]) {
    pen.moveTo(shift - 2, SIZE / 2 + 2);
    pen.lineTo(shift + SIZE / 2 + 2, -2);
    pen.moveTo(shift - 2, SIZE + 2);
    pen.lineTo(shift + SIZE / 2 + 2, SIZE / 2 - 2);
  }
  pen.stroke();
  const image = pen.getImageData(0, 0, SIZE, SIZE);
  if (map.hasImage("hatch")) map.updateImage("hatch", image);
  else map.addImage("hatch", image, { pixelRatio: 2 });
}
