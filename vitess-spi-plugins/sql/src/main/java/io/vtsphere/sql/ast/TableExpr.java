package io.vtsphere.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can stand in FROM: a table, a derived table, a join, a list in parentheses or JSON_TABLE. */
public sealed interface TableExpr extends Node
        permits TableExpr.Table, TableExpr.Derived, TableExpr.Join, TableExpr.Group, TableExpr.JsonTable {

    <R> R accept(TableExprVisitor<R> visitor);

    record Table(
            TableName name,
            List<String> partitions,
            @Nullable String alias,
            List<IndexHint> hints) implements TableExpr {
        public Table {
            partitions = List.copyOf(partitions);
            hints = List.copyOf(hints);
        }

        public static Table of(TableName name) {
            return new Table(name, List.of(), null, List.of());
        }

        /** The name by which columns refer to this table: the alias, or the name without its keyspace. */
        public String exposedName() {
            return alias == null ? name.name() : alias;
        }

        @Override
        public <R> R accept(TableExprVisitor<R> visitor) {
            return visitor.table(this);
        }
    }

    record Derived(boolean lateral, Query query, String alias, List<String> columns) implements TableExpr {
        public Derived {
            columns = List.copyOf(columns);
        }

        @Override
        public <R> R accept(TableExprVisitor<R> visitor) {
            return visitor.derived(this);
        }
    }

    /** Either ON, or USING columns, or neither. */
    record Join(
            JoinKind kind,
            TableExpr left,
            TableExpr right,
            @Nullable Expr on,
            List<String> using) implements TableExpr {
        public Join {
            using = List.copyOf(using);
        }

        @Override
        public <R> R accept(TableExprVisitor<R> visitor) {
            return visitor.join(this);
        }
    }

    /** Two or more table expressions with commas, in parentheses: {@code (a, b)}. */
    record Group(List<TableExpr> tables) implements TableExpr {
        public Group {
            tables = List.copyOf(tables);
        }

        @Override
        public <R> R accept(TableExprVisitor<R> visitor) {
            return visitor.group(this);
        }
    }

    /**
     * {@code JSON_TABLE(document, path COLUMNS (…)) AS alias}.
     *
     * @param columns the canonical text between the parentheses after COLUMNS
     */
    record JsonTable(Expr document, Literal path, String columns, String alias) implements TableExpr {
        @Override
        public <R> R accept(TableExprVisitor<R> visitor) {
            return visitor.jsonTable(this);
        }
    }
}
