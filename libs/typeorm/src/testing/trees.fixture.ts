import {
  Column,
  Entity,
  ManyToOne,
  OneToMany,
  PrimaryGeneratedColumn,
  Tree,
  TreeChildren,
  TreeLevelColumn,
  TreeParent,
} from 'typeorm';

@Entity()
@Tree('closure-table')
export class ClosureNode {
  @PrimaryGeneratedColumn() id!: number;
  @TreeLevelColumn() level!: number;
  @TreeChildren() children!: ClosureNode[];
  @TreeParent({ onDelete: 'CASCADE' }) parent!: ClosureNode;
}

@Entity()
@Tree('closure-table', {
  closureTableName: 'node_paths',
  ancestorColumnName: (column) => `up_${column.propertyName}`,
  descendantColumnName: (column) => `down_${column.propertyName}`,
})
export class NamedClosureNode {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @TreeChildren() children!: NamedClosureNode[];
  @TreeParent() parent!: NamedClosureNode;
}

@Entity()
@Tree('materialized-path')
export class PathNode {
  @PrimaryGeneratedColumn() id!: number;
  @TreeChildren() children!: PathNode[];
  @TreeParent() parent!: PathNode;
}

@Entity()
@Tree('nested-set')
export class NestedNode {
  @PrimaryGeneratedColumn() id!: number;
  @TreeChildren() children!: NestedNode[];
  @TreeParent() parent!: NestedNode;
}

@Entity()
export class AdjacentNode {
  @PrimaryGeneratedColumn() id!: number;
  @Column() name!: string;
  @ManyToOne(() => AdjacentNode, (node) => node.children) parent!: AdjacentNode;
  @OneToMany(() => AdjacentNode, (node) => node.parent) children!: AdjacentNode[];
}
