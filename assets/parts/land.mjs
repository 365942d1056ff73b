import fs from "node:fs";
import path from "node:path";
import { feature } from "topojson-client";

const round = (places) => (value) => Number(value.toFixed(places));

/** Outer rings as flat lists lon, lat, lon, lat, … in degrees; lakes stay land at these sizes. */
function rings(topology, digits) {
  const near = round(digits);
  const collection = feature(topology, topology.objects.land);
  return collection.features
    .flatMap(({ geometry }) =>
      geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates)
    .map(([outer]) => outer.flat().map(near))
    .filter((ring) => Math.max(...ring.filter((_, i) => i % 2)) > -60);
}

/** Pairs of file name and content, a ring of JSON a line, so that it can be read without holding
 * all of it: the land of Natural Earth without Antarctica, coarse and fine. */
export function land(packages) {
  return [["110m", 2], ["50m", 2]].map(([scale, digits]) => {
    const file = path.join(packages, `world-atlas/land-${scale}.json`);
    const topology = JSON.parse(fs.readFileSync(file, "utf8"));
    const lines = rings(topology, digits).map((ring) => JSON.stringify(ring));
    return [`land-${scale}.jsonl`, lines.join("\n")];
  });
}
