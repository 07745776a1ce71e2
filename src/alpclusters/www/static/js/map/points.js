// Organisations with coordinates as buttons over the map; near ones are one button with a number.
// Buttons, because a number on the map itself would need fonts as tiles, and a keyboard reaches them.
const SOURCE = "points";

export function addPoints(maplibre, map, points, several) {
  if (points.features.length === 0) return;
  map.addSource(SOURCE, {
    type: "geojson", data: points, cluster: true, clusterRadius: 48, clusterMaxZoom: 11,
  });
  // Without a layer the source would not be cut into tiles.
  map.addLayer({ id: "points", type: "circle", source: SOURCE, paint: { "circle-opacity": 0 } });
  const shown = new Map();
  const draw = () => { if (map.isSourceLoaded(SOURCE)) redraw(maplibre, map, shown, several); };
  map.on("sourcedata", (event) => { if (event.sourceId === SOURCE) draw(); });
  map.on("moveend", draw);
}

function redraw(maplibre, map, shown, several) {
  const wanted = new Map();
  for (const feature of map.querySourceFeatures(SOURCE)) wanted.set(keyOf(feature), feature);
  for (const [key, marker] of shown) {
    if (!wanted.has(key)) {
      marker.remove();
      shown.delete(key);
    }
  }
  for (const [key, feature] of wanted) {
    if (!shown.has(key)) shown.set(key, place(maplibre, map, feature, several));
  }
}

function keyOf(feature) {
  const own = feature.properties;
  return own.cluster ? `c${own.cluster_id}` : `p${own.url}`;
}

function place(maplibre, map, feature, several) {
  const own = feature.properties;
  const element = own.cluster ? many(own, several) : one(own);
  if (own.cluster) {
    element.addEventListener("click", async (event) => {
      event.preventDefault();
      const zoom = await map.getSource(SOURCE).getClusterExpansionZoom(own.cluster_id);
      map.easeTo({ center: feature.geometry.coordinates, zoom });
    });
  }
  return new maplibre.Marker({ element }).setLngLat(feature.geometry.coordinates).addTo(map);
}

function many(own, several) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "map-cluster";
  button.textContent = own.point_count;
  button.setAttribute("aria-label", `${several}: ${own.point_count}`);
  return button;
}

function one(own) {
  const link = document.createElement("a");
  link.className = "map-cluster map-point";
  link.href = own.url;
  link.title = own.name;
  link.setAttribute("aria-label", own.name);
  return link;
}
