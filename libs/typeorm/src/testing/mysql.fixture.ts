import {
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

/** Every type that the driver takes, and the options of a column. */
@Entity({ comment: 'All the types' })
export class AllMysqlTypes {
  @PrimaryGeneratedColumn() id!: number;
  @Column({ type: 'bit' }) bit!: boolean;
  @Column('int') int!: number;
  @Column('integer', { unsigned: true, comment: "it's a \\ comment" }) integer!: number;
  @Column({ type: 'tinyint' }) tiny!: number;
  @Column({ type: 'tinyint', unsigned: true }) tinyUnsigned!: number;
  @Column('smallint') small!: number;
  @Column({ type: 'mediumint' }) medium!: number;
  @Column('bigint', { unsigned: true }) big!: string;
  @Column({ type: 'float' }) float!: number;
  @Column({ type: 'double' }) double!: number;
  @Column('double precision') precise!: number;
  @Column('real') real!: number;
  @Column('decimal') decimal!: string;
  @Column('decimal', { precision: 12, scale: 2 }) price!: string;
  @Column({ type: 'dec', precision: 5 }) dec!: string;
  @Column({ type: 'numeric', precision: 5, scale: 1, unsigned: true }) numeric!: string;
  @Column({ type: 'fixed', precision: 5 }) fixed!: string;
  @Column({ type: 'bool' }) bool!: boolean;
  @Column({ type: 'boolean' }) flag!: boolean;
  @Column({ type: 'date' }) date!: string;
  @Column({ type: 'datetime' }) datetime!: Date;
  @Column({ type: 'datetime', precision: 3 }) datetime3!: Date;
  @Column('timestamp', { nullable: true }) timestamp!: Date;
  @Column('timestamp', { precision: 6, nullable: true }) timestamp6!: Date;
  @Column('time') time!: string;
  @Column('time', { precision: 2 }) time2!: string;
  @Column({ type: 'year' }) year!: number;
  @Column('char', { length: 3 }) char!: string;
  @Column('char') character!: string;
  @Column({ type: 'nchar', length: 3 }) nchar!: string;
  @Column({ type: 'national char', length: 3 }) nationalChar!: string;
  @Column('varchar') varchar!: string;
  @Column({ type: 'varchar', length: 40, charset: 'latin1', collation: 'latin1_bin' })
  latin!: string;
  @Column({ type: 'varchar', length: 40, collation: 'utf8mb4_bin' }) collated!: string;
  @Column({ type: 'nvarchar', length: 9 }) nvarchar!: string;
  @Column({ type: 'national varchar', length: 9 }) nationalVarchar!: string;
  @Column({ type: 'blob' }) blob!: Buffer;
  @Column('text') text!: string;
  @Column({ type: 'text', charset: 'latin1' }) latinText!: string;
  @Column({ type: 'tinyblob' }) tinyblob!: Buffer;
  @Column({ type: 'tinytext' }) tinytext!: string;
  @Column({ type: 'mediumblob' }) mediumblob!: Buffer;
  @Column({ type: 'mediumtext' }) mediumtext!: string;
  @Column({ type: 'longblob' }) longblob!: Buffer;
  @Column({ type: 'longtext' }) longtext!: string;
  @Column({ type: 'enum', enum: ['a', 'b c', 'd,e'] }) enum!: string;
  @Column({ type: 'enum', enum: Level, default: Level.High }) level!: Level;
  @Column({ type: 'set', enum: ['x', 'y'] }) set!: string[];
  @Column('simple-enum', { enum: ['p', 'q'], nullable: true }) simpleEnum!: string;
  @Column({ type: 'binary', length: 4 }) binary!: Buffer;
  @Column({ type: 'varbinary', length: 9 }) varbinary!: Buffer;
  @Column({ type: 'json' }) json!: object;
  @Column({ type: 'geometry' }) geometry!: string;
  @Column('point') @Index({ spatial: true }) point!: string;
  @Column({ type: 'linestring', nullable: true }) line!: string;
  @Column('polygon', { nullable: true }) polygon!: string;
  @Column({ type: 'multipoint', nullable: true }) multipoint!: string;
  @Column({ type: 'geometrycollection', nullable: true }) collection!: string;
  @Column({ type: 'uuid' }) uuid!: string;
  @Column('simple-array') list!: string[];
  @Column('simple-json', { nullable: true }) data!: object;
  @Column() byReflection!: number;
  @Column() textByReflection!: string;
  @Column() flagByReflection!: boolean;
  @Column() dateByReflection!: Date;
}

/** What only MariaDB has. */
@Entity()
export class MariadbTypes {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Column({ type: 'inet6' }) inet6!: string;
  @Column({ type: 'inet4', nullable: true }) inet4!: string;
}

@Entity({ engine: 'MyISAM' })
export class MysqlDefaults {
  @PrimaryGeneratedColumn({ unsigned: true }) id!: number;
  @Column({ default: 0 }) zero!: number;
  @Column('decimal', { precision: 10, scale: 2, default: -1.5 }) negative!: string;
  @Column({ default: 'text' }) text!: string;
  @Column({ default: '' }) empty!: string;
  @Column({ default: "it''s" }) doubled!: string;
  @Column({ default: true }) yes!: boolean;
  @Column({ type: 'boolean', default: false }) no!: boolean;
  @Column({ type: 'enum', enum: ['x', 'y'], default: 'x' }) kind!: string;
  @Column({ type: 'set', enum: ['x', 'y', 'z'], default: ['x', 'z'] }) kinds!: string[];
  @Column({ nullable: true, default: null }) nothing!: string;
  @Column('timestamp', { default: () => 'CURRENT_TIMESTAMP' }) now!: Date;
  @Column('datetime', { precision: 3, default: () => 'now(3)', onUpdate: 'CURRENT_TIMESTAMP(3)' })
  touched!: Date;
  @Column('varchar', { length: 36, default: () => '(uuid())' }) generated!: string;
  @Column('int', { default: () => '(1 + 1)' }) two!: number;
  @Column('bigint', { default: '12' }) big!: string;
  @CreateDateColumn() createdAt!: Date;
  @UpdateDateColumn() updatedAt!: Date;
  @DeleteDateColumn() deletedAt!: Date;
  @VersionColumn() version!: number;
  @Column() @Generated('uuid') token!: string;
  @VirtualColumn({ query: () => 'SELECT 1' }) virtual!: number;
}

@Entity()
export class MysqlGenerated {
  @PrimaryGeneratedColumn() id!: number;
  @Column('int') a!: number;
  @Column({ type: 'int', asExpression: '`a` * 2', generatedType: 'VIRTUAL', nullable: true })
  twice!: number;
  @Column({ type: 'int', asExpression: 'a + 1', generatedType: 'STORED', nullable: true })
  more!: number;
}

@Entity()
export class MysqlLabel {
  @PrimaryColumn('varchar', { length: 20 }) code!: string;
}

@Entity('item')
export class MysqlItem {
  @PrimaryGeneratedColumn({ type: 'bigint', unsigned: true }) id!: string;
  @ManyToOne(() => MysqlLabel, { onDelete: 'CASCADE', onUpdate: 'RESTRICT' }) main!: MysqlLabel;
  @ManyToOne(() => MysqlItem, { nullable: true, onDelete: 'SET NULL' }) parent!: MysqlItem | null;
  @OneToOne(() => MysqlItem) @JoinColumn({ foreignKeyConstraintName: 'twin_fk' }) twin!: MysqlItem;
  @ManyToMany(() => MysqlLabel) @JoinTable() labels!: MysqlLabel[];
  @ManyToMany(() => MysqlItem) @JoinTable({ name: 'item_next' }) next!: MysqlItem[];
}

@Entity()
@Unique(['a', 'b'])
@Unique('named_uq', ['c'])
@Index(['a', 'c'])
@Index('words', ['long', 'c'], { fulltext: true })
@Index('not_ours', { synchronize: false })
export class MysqlConstrained {
  @PrimaryGeneratedColumn() id!: number;
  @Column('int') a!: number;
  @Column({ nullable: true, length: 40 }) b!: string;
  @Column() @Index() c!: string;
  @Column('text') long!: string;
  @Column({ unique: true }) once!: string;
  @Column() @Index({ unique: true }) uniqueByIndex!: string;
}

@Entity()
@TableInheritance({ column: { type: 'varchar', name: 'kind' } })
export class MysqlContent {
  @PrimaryGeneratedColumn() id!: number;
}

@ChildEntity()
export class MysqlPhoto extends MysqlContent {
  @Column({ nullable: true }) @Index() url!: string;
}

@ChildEntity()
export class MysqlMovie extends MysqlContent {
  @Column('int', { default: 90 }) minutes!: number;
  @ManyToOne(() => MysqlLabel) label!: MysqlLabel;
}

@ViewEntity({
  name: 'item_count',
  expression: 'SELECT mainCode AS code, count(*) AS items FROM item GROUP BY mainCode;',
})
export class MysqlItemCount {
  @ViewColumn() code!: string;
}

@ViewEntity({
  name: 'a_busy_label',
  expression: 'SELECT `code` FROM `item_count` WHERE `items` > 10',
  dependsOn: [MysqlItemCount],
})
export class MysqlBusyLabel {
  @ViewColumn() code!: string;
}
