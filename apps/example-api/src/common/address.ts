import { Column } from 'typeorm';

/** A point on the map, embedded in an address. */
export class GeoPoint {
  @Column({ type: 'double precision', nullable: true })
  latitude!: number | null;

  @Column({ type: 'double precision', nullable: true })
  longitude!: number | null;
}

/** A postal address, embedded in the rows that have one. */
export class Address {
  @Column({ type: 'varchar', length: 120 })
  line1!: string;

  @Column({ type: 'varchar', length: 120, nullable: true })
  line2!: string | null;

  @Column({ type: 'varchar', length: 80 })
  city!: string;

  @Column({ type: 'varchar', length: 12 })
  postalCode!: string;

  @Column({ type: 'char', length: 2, comment: 'ISO 3166-1 alpha-2' })
  countryCode!: string;

  @Column(() => GeoPoint, { prefix: 'geo' })
  geo!: GeoPoint;
}
