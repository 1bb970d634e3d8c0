import {
  Column,
  CreateDateColumn,
  DeleteDateColumn,
  Entity,
  Generated,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  UpdateDateColumn,
  VersionColumn,
  VirtualColumn,
} from 'typeorm';

export enum Colour {
  Red = 'red',
  DarkBlue = 'dark blue',
  Other = "it's",
}

export enum Level {
  Low,
  High,
}

/** Every type that the server has without an extension, and the options of a column. */
@Entity({ comment: 'All the types' })
export class AllTypes {
  @PrimaryGeneratedColumn()
  id!: number;
  @Column({ type: 'int2' }) int2!: number;
  @Column({ type: 'int4' }) int4!: number;
  @Column({ type: 'int8' }) int8!: string;
  @Column({ type: 'smallint' }) small!: number;
  @Column({ type: 'integer' }) plain!: number;
  @Column({ type: 'bigint' }) big!: string;
  @Column() byReflection!: number;
  @Column() textByReflection!: string;
  @Column() flagByReflection!: boolean;
  @Column() dateByReflection!: Date;
  @Column({ type: 'decimal' }) decimal!: string;
  @Column('decimal', { precision: 12, scale: 2 }) price!: string;
  @Column('numeric', { precision: 5 }) rounded!: string;
  @Column('numeric', { scale: 2 }) scaleOnly!: string;
  @Column('real') real!: number;
  @Column({ type: 'float' }) float!: number;
  @Column({ type: 'float4' }) float4!: number;
  @Column({ type: 'float8' }) float8!: number;
  @Column('double precision') double!: number;
  @Column({ type: 'money' }) money!: string;
  @Column('character varying') varying!: string;
  @Column('varchar', { length: 255 }) varchar!: string;
  @Column({ type: 'varchar', length: '40', collation: 'C' }) collated!: string;
  @Column({ type: 'text', collation: 'default' }) defaultCollation!: string;
  @Column('character') character!: string;
  @Column('char', { length: 3 }) char!: string;
  @Column('text') text!: string;
  @Column('bytea') bytea!: Buffer;
  @Column({ type: 'bit' }) bit!: string;
  @Column({ type: 'bit', length: 4 }) bits!: string;
  @Column({ type: 'varbit' }) varbit!: string;
  @Column({ type: 'bit varying', length: 8 }) bitVarying!: string;
  @Column({ type: 'timetz' }) timetz!: string;
  @Column({ type: 'timestamptz' }) timestamptz!: Date;
  @Column({ type: 'timestamptz', precision: 3 }) timestamptz3!: Date;
  @Column('timestamp') timestamp!: Date;
  @Column('timestamp', { precision: 0 }) timestamp0!: Date;
  @Column('timestamp without time zone') withoutZone!: Date;
  @Column('timestamp with time zone') withZone!: Date;
  @Column({ type: 'date' }) date!: string;
  @Column('time') time!: string;
  @Column('time', { precision: 2 }) time2!: string;
  @Column('time with time zone', { precision: 1 }) timeZone1!: string;
  @Column({ type: 'interval' }) interval!: string;
  @Column({ type: 'interval', precision: 3 }) interval3!: string;
  @Column('bool') bool!: boolean;
  @Column('boolean') boolean!: boolean;
  @Column('point') point!: string;
  @Column('line') line!: string;
  @Column('lseg') lseg!: string;
  @Column('box') box!: string;
  @Column('path') path!: string;
  @Column('polygon') polygon!: string;
  @Column('circle') circle!: string;
  @Column('cidr') cidr!: string;
  @Column('inet') inet!: string;
  @Column('macaddr') macaddr!: string;
  @Column('macaddr8') macaddr8!: string;
  @Column('tsvector') tsvector!: string;
  @Column('tsquery') tsquery!: string;
  @Column('uuid') uuid!: string;
  @Column('xml') xml!: string;
  @Column('json') json!: object;
  @Column('jsonb') jsonb!: object;
  @Column('int4range') int4range!: string;
  @Column('int8range') int8range!: string;
  @Column('numrange') numrange!: string;
  @Column('tsrange') tsrange!: string;
  @Column('tstzrange') tstzrange!: string;
  @Column('daterange') daterange!: string;
  @Column({ type: 'int4multirange' }) int4multirange!: string;
  @Column({ type: 'tstzmultirange' }) tstzmultirange!: string;
  @Column('simple-array') simpleArray!: string[];
  @Column('simple-json') simpleJson!: object;
  @Column('int', { array: true }) ints!: number[];
  @Column('varchar', { array: true, length: 20 }) names!: string[];
  @Column('timestamp', { array: true, precision: 3 }) moments!: Date[];
  @Column('numeric', { array: true, precision: 10, scale: 2 }) amounts!: string[];
  @Column('jsonb', { array: true, nullable: true }) documents!: object[];
  @Column('text', { nullable: true, comment: "It's a comment; with \\ and \n a line" })
  commented!: string | null;
  @Column('varchar', { name: 'Odd Name', nullable: true }) renamed!: string | null;
  @Column({ type: 'int', generatedType: 'STORED', asExpression: 'int4 * 2' }) twice!: number;
  @Column({
    type: 'tsvector',
    generatedType: 'STORED',
    asExpression: "to_tsvector('english', text)",
    nullable: true,
  })
  search!: string;
  @VirtualColumn({ query: (alias) => `SELECT ${alias}.id + 1` }) notStored!: number;
  @CreateDateColumn() createdAt!: Date;
  @UpdateDateColumn({ type: 'timestamptz', precision: 3 }) updatedAt!: Date;
  @DeleteDateColumn() deletedAt!: Date;
  @VersionColumn() version!: number;
}

/** Types of extensions that every installation has. */
@Entity()
export class ExtensionTypes {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Column('citext') citext!: string;
  @Column('hstore') hstore!: object;
  @Column('ltree') ltree!: string;
  @Column('cube') cube!: number[];
}

@Entity()
export class SerialSmall {
  @PrimaryGeneratedColumn('increment', { type: 'smallint' }) id!: number;
}

@Entity()
export class SerialBig {
  @PrimaryGeneratedColumn('increment', { type: 'bigint' }) id!: string;
}

@Entity()
export class RowId {
  @PrimaryGeneratedColumn('rowid') id!: number;
}

@Entity()
export class IdentityAlways {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) id!: string;
}

@Entity()
export class IdentityByDefault {
  @PrimaryGeneratedColumn('identity') id!: number;
}

@Entity()
export class UuidKey {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'uuid_key_pk' }) id!: string;
  @Column() @Generated('uuid') token!: string;
  @Column('int') @Generated('increment') position!: number;
}

@Entity()
export class CompositeKey {
  @PrimaryColumn('int') right!: number;
  @PrimaryColumn('varchar', { length: 10 }) left!: string;
}

@Entity('enum_user')
export class EnumUser {
  @PrimaryGeneratedColumn() id!: number;
  @Column({ type: 'enum', enum: Colour, default: Colour.DarkBlue }) colour!: Colour;
  @Column({ type: 'enum', enum: Colour, enumName: 'shared_colour', nullable: true }) named!: Colour;
  @Column({ type: 'enum', enum: Colour, enumName: 'shared_colour', array: true, default: '{}' })
  many!: Colour[];
  @Column({ type: 'enum', enum: Level, default: Level.High }) level!: Level;
  @Column({ type: 'simple-enum', enum: ['a', 'b'] }) simple!: string;
  @Column({ type: 'enum', enum: ['x', 'y'], array: true, default: ['x', 'y'] }) letters!: string[];
  @Column({ type: 'enum', enum: Colour, name: 'CamelCase', nullable: true }) camel!: Colour;
}

@Entity('enum_sharer')
export class EnumSharer {
  @PrimaryGeneratedColumn() id!: number;
  @Column({ type: 'enum', enum: Colour, enumName: 'shared_colour' }) named!: Colour;
}

/** TypeORM 0.3 writes the text of the function. */
@Entity()
export class EnumBySql {
  @PrimaryGeneratedColumn() id!: number;
  @Column({ type: 'enum', enum: Colour, default: () => `'red'` }) colour!: Colour;
}

/** Defaults that TypeORM writes rightly. */
@Entity()
export class Defaults {
  @PrimaryGeneratedColumn() id!: number;
  @Column({ default: 'plain' }) plain!: string;
  @Column({ default: '' }) empty!: string;
  @Column({ default: "it''s" }) escapedByUser!: string;
  @Column({ default: 'back\\slash' }) backslash!: string;
  @Column('text', { default: 'a::text' }) cast!: string;
  @Column('varchar', { length: 5, default: 'abc' }) sized!: string;
  @Column({ default: true }) yes!: boolean;
  @Column({ default: false }) no!: boolean;
  @Column('varchar', { default: true }) yesText!: string;
  @Column('boolean', { default: 'false' }) noText!: boolean;
  @Column({ default: 0 }) zero!: number;
  @Column({ default: -1 }) negative!: number;
  @Column('smallint', { default: 3 }) small!: number;
  @Column('bigint', { default: 10 }) big!: string;
  @Column('bigint', { default: 10n as unknown as number }) bigLiteral!: string;
  @Column('numeric', { precision: 10, scale: 2, default: 0.1 }) amount!: string;
  @Column('float', { default: 1.5 }) float!: number;
  @Column('jsonb', { default: {} }) object!: object;
  @Column('jsonb', { default: { b: [1, 'x'], a: null } as never }) nested!: object;
  @Column('jsonb', { default: [] }) list!: object;
  @Column('jsonb', { default: '{"a":1}' }) text!: object;
  @Column('simple-json', { default: '{}' }) simple!: object;
  @Column('text', { array: true, default: [] }) none!: string[];
  @Column('text', { array: true, default: ['a', 'b-c'] }) some!: string[];
  @Column('int', { array: true, default: [1, 2] }) ints!: number[];
  @Column('int', { array: true, default: () => `'{}'::int[]` }) intsBySql!: number[];
  @Column('timestamptz', { default: () => 'CURRENT_TIMESTAMP' }) now!: Date;
  @Column({ type: 'timestamptz', precision: 3, default: () => 'CURRENT_TIMESTAMP(3)' }) now3!: Date;
  @Column('date', { default: () => 'CURRENT_DATE' }) today!: string;
  @Column('time', { default: () => 'LOCALTIME' }) time!: string;
  @Column('timestamptz', { default: () => "now() + interval '15 days'" }) later!: Date;
  @Column('date', { default: '2020-01-01' }) day!: string;
  @Column('uuid', { default: () => 'gen_random_uuid()' }) uuid!: string;
  @Column('int', { nullable: true, default: null }) nothing!: number | null;
  @Column('text', { nullable: true, default: () => 'NULL' }) nullBySql!: string | null;
  @Column('interval', { default: '24 hours' }) interval!: string;
  @Column('int4range', { default: '[1,5]' }) range!: string;
  @Column('inet', { default: '10.0.0.1' }) inet!: string;
}
