// The detailed map: regions by number of hits, points of organisations, linked with the table.
// MapLibre is loaded by this file alone, and only where somebody asked for the detailed map.
import { paint, whenThemeChanges } from "./colours.js";
import { regionStyle, showHatch } from "./regions.js";
import { addPoints } from "./points.js";
import { linkTable } from "./table.js";

const frame = document.getElementById("detailed-map");
const status = document.getElementById("map-status");
const data = JSON.parse(document.getElementById("map-data").textContent);

function fail(error) {
  frame.classList.add("failed");
  frame.textContent = frame.dataset.failed;
  frame.dataset.state = "failed";
  console.warn(error);
}

function loadStyle(address) {
  return new Promise((done, failed) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = address;
    link.addEventListener("load", done);
    link.addEventListener("error", failed);
    document.head.append(link);
  });
}

async function readJson(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

function eachPoint(geometry, visit) {
  for (const polygon of geometry.coordinates) for (const point of polygon[0]) visit(point);
}

export function boundsOf(features) {
  const bounds = [Infinity, Infinity, -Infinity, -Infinity];
  for (const feature of features) {
    eachPoint(feature.geometry, ([x, y]) => {
      bounds[0] = Math.min(bounds[0], x);
      bounds[1] = Math.min(bounds[1], y);
      bounds[2] = Math.max(bounds[2], x);
      bounds[3] = Math.max(bounds[3], y);
    });
  }
  return bounds;
}

// Names and counts go into the properties; regions without a count stay a hatch.
function withCounts(shapes) {
  for (const feature of shapes.features) {
    const region = data.regions[feature.properties.code];
    feature.properties.class = region ? (region.class ?? -1) : -1;
  }
  return shapes;
}

function text(tag, words, parent) {
  const element = document.createElement(tag);
  element.textContent = words;
  parent.append(element);
  return element;
}

function described(code) {
  const region = data.regions[code] ?? { name: code, n: null };
  const count = region.n === null ? frame.dataset.noEntry : `${data.what}: ${region.n}`;
  const box = document.createElement("div");
  text("b", `${region.name} (${code})`, text("p", "", box));
  const line = text("p", "", box);
  if (region.n && region.url) text("a", count, line).href = region.url;
  else line.textContent = count;
  return { box, words: `${region.name} (${code}), ${count}` };
}

function words() {
  const given = frame.dataset;
  return {
    "Map.Title": given.map,
    "NavigationControl.ZoomIn": given.zoomIn,
    "NavigationControl.ZoomOut": given.zoomOut,
    "Popup.Close": given.close,
    "CooperativeGesturesHandler.WindowsHelpText": given.scroll,
    "CooperativeGesturesHandler.MacHelpText": given.scrollMac,
    "CooperativeGesturesHandler.MobileHelpText": given.touch,
  };
}

function makeMap(maplibre, shapes, bounds) {
  const map = new maplibre.Map({
    container: frame,
    style: regionStyle(shapes, paint()),
    bounds,
    fitBoundsOptions: { padding: 12 },
    minZoom: 2,
    maxZoom: 12,
    renderWorldCopies: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    cooperativeGestures: true,
    attributionControl: { compact: false, customAttribution: escaped(frame.dataset.attribution) },
    locale: words(),
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
  return map;
}

function escaped(given) {
  const box = document.createElement("span");
  box.textContent = given;
  return box.innerHTML;
}

function listen(maplibre, map, shapes) {
  const popup = new maplibre.Popup({ closeOnClick: true, maxWidth: "18rem", focusAfterOpen: false });
  const table = linkTable(frame.dataset.show, (code) => {
    const own = shapes.features.filter((f) => f.properties.code === code);
    if (own.length === 0) return;
    const bounds = boundsOf(own);
    map.fitBounds(bounds, { padding: frame.clientWidth / 5, maxZoom: 9 });
    select(code, [(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2]);
  });
  function select(code, place) {
    const { box, words: said } = described(code);
    map.setFilter("chosen", ["==", ["get", "code"], code]);
    popup.setLngLat(place).setDOMContent(box).addTo(map);
    status.textContent = said;
    table.mark(code);
  }
  map.on("click", "regions", (event) => {
    if (!event.originalEvent.defaultPrevented) {
      select(event.features[0].properties.code, event.lngLat);
    }
  });
  map.on("mouseenter", "regions", () => { map.getCanvas().style.cursor = "pointer"; });
  map.on("mouseleave", "regions", () => { map.getCanvas().style.cursor = ""; });
  popup.on("close", () => {
    map.setFilter("chosen", ["==", ["get", "code"], ""]);
    table.mark("");
  });
}

function repaint(map, shapes, colours) {
  showHatch(map, colours);
  for (const layer of regionStyle(shapes, colours).layers) {
    for (const [name, value] of Object.entries(layer.paint)) {
      map.setPaintProperty(layer.id, name, value);
    }
  }
}

async function start() {
  const [maplibre, shapes, points] = await Promise.all([
    import(frame.dataset.module),
    readJson(data.shapes).then(withCounts),
    readJson(data.points),
    loadStyle(frame.dataset.style),
  ]);
  maplibre.setWorkerUrl(new URL(frame.dataset.worker, document.baseURI).href);
  const map = makeMap(maplibre, shapes, boundsOf(shapes.features));
  map.on("error", (event) => console.warn(event.error));
  map.on("style.load", () => showHatch(map, paint()));
  map.on("load", () => {
    listen(maplibre, map, shapes);
    addPoints(maplibre, map, points, frame.dataset.several);
    repaint(map, shapes, paint());
    whenThemeChanges((colours) => repaint(map, shapes, colours));
  });
  map.once("idle", () => { frame.dataset.state = "shown"; });
}

start().catch(fail);
