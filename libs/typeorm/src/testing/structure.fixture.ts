import {
  Check,
  ChildEntity,
  Column,
  CreateDateColumn,
  Entity,
  Exclusion,
  Index,
  JoinColumn,
  ManyToOne,
  OneToOne,
  PrimaryGeneratedColumn,
  TableInheritance,
  Unique,
} from 'typeorm';

export class Geo {
  @Column('float', { nullable: true }) lat!: number;
  @Column('float', { nullable: true }) lon!: number;
}

export class Address {
  @Column({ length: 80 }) street!: string;
  @Column({ length: 10 }) @Index() zip!: string;
  @Column(() => Geo) geo!: Geo;
  @ManyToOne(() => Country, { nullable: true }) country!: Country | null;
}

@Entity()
export class Country {
  @PrimaryGeneratedColumn() id!: number;
}

export abstract class Dated {
  @PrimaryGeneratedColumn() id!: number;
  @CreateDateColumn() createdAt!: Date;
  @Column({ nullable: true }) @Index() createdBy!: string;
}

@Entity()
export class Customer extends Dated {
  @Column(() => Address) home!: Address;
  @Column(() => Address, { prefix: 'ship_' }) shipping!: Address;
  @Column(() => Address, { prefix: false }) plain!: Address;
}

@Entity()
@TableInheritance({ column: { type: 'varchar', name: 'kind', length: 20 } })
@Check('positive_size', 'size > 0')
export class Content extends Dated {
  @Column('int', { default: 1 }) size!: number;
}

@ChildEntity()
export class Photo extends Content {
  @Column() @Index() url!: string;
  @OneToOne(() => Country) @JoinColumn() country!: Country;
}

@ChildEntity('movie')
@Unique('movie_title', ['title'])
export class Movie extends Content {
  @Column({ length: 100, default: 'none' }) title!: string;
  @ManyToOne(() => Content) trailerOf!: Content;
}

@ChildEntity()
@Check('photo_or_movie', 'size < 1000')
export class Short extends Movie {
  @Column('int') seconds!: number;
}

@Entity()
@Unique(['a', 'b'])
@Unique('deferred_uq', ['c'], { deferrable: 'INITIALLY DEFERRED' })
@Unique(['once'])
@Index(['a', 'c'])
@Index('partial_idx', ['b'], { where: 'b IS NOT NULL', unique: true })
@Index('gin_idx', { synchronize: false })
@Check('a > 0')
@Check('named_check', `"b" <> 'it''s'`)
@Exclusion('room_excl', 'USING gist (during WITH &&)')
export class Constrained {
  @PrimaryGeneratedColumn() id!: number;
  @Column('int') a!: number;
  @Column({ nullable: true }) b!: string;
  @Column() c!: string;
  @Column({ unique: true }) once!: string;
  @Column('text', { array: true }) tags!: string[];
  @Column('tsrange') during!: string;
  @Column('polygon') @Index({ spatial: true }) area!: string;
  @Column() @Index({ unique: true }) uniqueByIndex!: string;
  @Column()
  @Index('an_index_with_a_name_that_is_longer_than_what_the_server_keeps_of_a_name')
  long!: string;
}

@Entity({ name: 'legacy', synchronize: false })
export class Legacy {
  @PrimaryGeneratedColumn() id!: number;
}

/** TypeORM 0.3 has no options for this. */
@Entity()
@Exclusion('USING gist (during WITH &&)', { deferrable: 'INITIALLY IMMEDIATE' })
export class DeferredExclusion {
  @PrimaryGeneratedColumn() id!: number;
  @Column('tsrange') during!: string;
}
