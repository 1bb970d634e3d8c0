import {
  Check,
  ChildEntity,
  Column,
  CreateDateColumn,
  DeleteDateColumn,
  Entity,
  Generated,
  Index,
  JoinColumn,
  JoinTable,
  ManyToMany,
  ManyToOne,
  OneToOne,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  TableInheritance,
  Unique,
  UpdateDateColumn,
  VersionColumn,
  ViewColumn,
  ViewEntity,
  VirtualColumn,
} from 'typeorm';
import { Level } from './columns.fixture.js';

/** Every type that the driver takes, and the options of a column. Comments and unsigned are passed over, as TypeORM does. */
@Entity({ comment: 'All the types' })
export class AllSqliteTypes {
  @PrimaryGeneratedColumn() id!: number;
  @Column('int') int!: number;
  @Column('integer', { comment: 'A comment' }) integer!: number;
  @Column({ type: 'tinyint' }) tiny!: number;
  @Column('smallint') small!: number;
  @Column({ type: 'mediumint' }) medium!: number;
  @Column('bigint') big!: string;
  @Column({ type: 'unsigned big int' }) unsignedBig!: string;
  @Column({ type: 'int2' }) int2!: number;
  @Column({ type: 'int8' }) int8!: string;
  @Column('character', { length: 5 }) character!: string;
  @Column('varchar') varchar!: string;
  @Column({ type: 'varchar', length: 40, collation: 'NOCASE' }) collated!: string;
  @Column({ type: 'varying character', length: 9 }) varying!: string;
  @Column({ type: 'nchar', length: 3 }) nchar!: string;
  @Column({ type: 'native character', length: 3 }) native!: string;
  @Column({ type: 'nvarchar', length: 3 }) nvarchar!: string;
  @Column('text') text!: string;
  @Column({ type: 'clob' }) clob!: string;
  @Column({ type: 'blob' }) blob!: Buffer;
  @Column('real') real!: number;
  @Column({ type: 'double' }) double!: number;
  @Column('double precision') precise!: number;
  @Column({ type: 'float' }) float!: number;
  @Column('numeric') numeric!: string;
  @Column('decimal', { precision: 12, scale: 2 }) price!: string;
  @Column('decimal', { precision: 5 }) rounded!: string;
  @Column({ type: 'boolean' }) flag!: boolean;
  @Column({ type: 'date' }) date!: string;
  @Column('time') time!: string;
  @Column({ type: 'datetime' }) datetime!: Date;
  @Column({ type: 'json' }) json!: object;
  @Column({ type: 'uuid' as never }) uuid!: string;
  @Column('simple-array') list!: string[];
  @Column('simple-json', { nullable: true }) data!: object;
  @Column('simple-enum', { enum: Level, default: Level.High }) level!: Level;
  @Column('simple-enum', { enum: ['a', 'b,c'], nullable: true }) kind!: string;
  @Column() byReflection!: number;
  @Column() textByReflection!: string;
  @Column() flagByReflection!: boolean;
  @Column() dateByReflection!: Date;
}

@Entity()
export class LiteDefaults {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Column({ default: 0 }) zero!: number;
  @Column('real', { default: -1.5 }) negative!: number;
  @Column({ default: 'text' }) text!: string;
  @Column({ default: '' }) empty!: string;
  @Column({ default: "it''s" }) doubled!: string;
  @Column({ default: true }) yes!: boolean;
  @Column({ default: false }) no!: boolean;
  @Column({ type: 'simple-enum', enum: ['x', 'y'], default: 'x' }) kind!: string;
  @Column({ nullable: true, default: null }) nothing!: string;
  @Column('datetime', { default: () => 'CURRENT_TIMESTAMP' }) now!: Date;
  @Column('datetime', { default: () => "datetime('now', '+1 day')" }) tomorrow!: Date;
  @Column('integer', { default: () => '1 + 1' }) two!: number;
  @Column('integer', { default: () => '(random())' }) parenthesized!: number;
  @Column('text', { default: () => "'x' || 'y'" }) joined!: string;
  @CreateDateColumn() createdAt!: Date;
  @CreateDateColumn({ precision: 3 }) preciselyAt!: Date;
  @UpdateDateColumn() updatedAt!: Date;
  @DeleteDateColumn() deletedAt!: Date;
  @VersionColumn() version!: number;
  @Column() @Generated('uuid') token!: string;
  @VirtualColumn({ query: () => 'SELECT 1' }) virtual!: number;
}

@Entity()
export class LiteGenerated {
  @PrimaryGeneratedColumn() id!: number;
  @Column('integer') a!: number;
  @Column({ type: 'integer', asExpression: 'a * 2', generatedType: 'VIRTUAL' }) twice!: number;
  @Column({ type: 'integer', asExpression: '"a" + 1', generatedType: 'STORED', nullable: true })
  more!: number;
}

@Entity({ withoutRowid: true } as never)
export class WithoutRowid {
  @PrimaryColumn('varchar', { length: 20 }) code!: string;
  @PrimaryColumn('integer') place!: number;
  @Column() text!: string;
}

@Entity()
export class LiteLabel {
  @PrimaryColumn('varchar', { length: 20 }) code!: string;
}

@Entity('item')
export class LiteItem {
  @PrimaryGeneratedColumn() id!: number;
  @ManyToOne(() => LiteLabel, { onDelete: 'CASCADE', onUpdate: 'RESTRICT' })
  main!: LiteLabel;
  @ManyToOne(() => LiteItem, {
    nullable: true,
    onDelete: 'SET NULL',
    deferrable: 'INITIALLY DEFERRED',
  })
  parent!: LiteItem | null;
  @OneToOne(() => LiteItem)
  @JoinColumn({ foreignKeyConstraintName: 'twin_fk' })
  twin!: LiteItem;
  @ManyToMany(() => LiteLabel) @JoinTable() labels!: LiteLabel[];
  @ManyToMany(() => LiteItem) @JoinTable({ name: 'item_next' }) next!: LiteItem[];
}

@Entity()
@Unique(['a', 'b'])
@Unique('named_uq', ['c'])
@Index(['a', 'c'])
@Index('partial_idx', ['b'], { where: '"b" IS NOT NULL', unique: true })
@Index('not_ours', { synchronize: false })
@Check('"a" > 0')
@Check('named_check', `"b" <> 'it''s'`)
export class LiteConstrained {
  @PrimaryGeneratedColumn() id!: number;
  @Column('integer') a!: number;
  @Column({ nullable: true }) b!: string;
  @Column() @Index() c!: string;
  @Column({ unique: true }) once!: string;
  @Column() @Index({ unique: true }) uniqueByIndex!: string;
}

@Entity()
@TableInheritance({ column: { type: 'varchar', name: 'kind' } })
export class LiteContent {
  @PrimaryGeneratedColumn() id!: number;
}

@ChildEntity()
export class LitePhoto extends LiteContent {
  @Column({ nullable: true }) @Index() url!: string;
}

@ChildEntity()
export class LiteMovie extends LiteContent {
  @Column('integer', { default: 90 }) minutes!: number;
  @ManyToOne(() => LiteLabel) label!: LiteLabel;
}

@ViewEntity({
  name: 'item_count',
  expression: 'SELECT "mainCode" AS code, count(*) AS items FROM "item" GROUP BY 1;',
})
export class ItemCount {
  @ViewColumn() code!: string;
}

@ViewEntity({
  name: 'a_busy_label',
  materialized: true,
  expression: 'SELECT code FROM item_count WHERE items > 10',
  dependsOn: [ItemCount],
})
export class BusyLabel {
  @ViewColumn() code!: string;
}
