import { geoEqualEarth, geoPath } from 'd3-geo';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import atlas from 'world-atlas/countries-110m.json';
import { countryOfShape } from './map-countries.ts';

/** Nobody lives there, and without it the rest is larger. */
const antarctica = 'AQ';

export const mapSize = { width: 960, height: 440 } as const;

const world = atlas as unknown as Topology<{ countries: GeometryCollection<{ name: string }> }>;

const shapes = feature(world, world.objects.countries)
  .features.map((shape) => ({
    shape,
    country: countryOfShape(shape.id === undefined ? undefined : String(shape.id), shape.properties.name),
  }))
  .filter(({ country }) => country !== antarctica);

const projection = geoEqualEarth().fitSize([mapSize.width, mapSize.height], {
  type: 'FeatureCollection',
  features: shapes.map(({ shape }) => shape),
});

/** The outlines of the world's countries as SVG paths, in a projection that keeps their areas in proportion. */
export const worldShapes: readonly { country: string | undefined; path: string }[] = shapes.map(
  ({ shape, country }) => ({
    country,
    // A tenth of a pixel is finer than anybody sees.
    path: geoPath(projection).digits(1)(shape) ?? '',
  }),
);
