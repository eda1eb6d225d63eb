package io.vtsphere.shardingsphere.guard;

import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.TableExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One SELECT, UPDATE or DELETE of a statement: its tables, and the conditions that each of its rows fulfils. Confined to one check. */
final class Block {
    final @Nullable Block parent;
    final List<Ref> refs = new ArrayList<>();
    /** Of WHERE and of inner joins; no operand is an AND. */
    final List<Expr> conjuncts = new ArrayList<>();
    /** Of outer joins: a row may be in the answer without fulfilling them. */
    final List<Expr> outer = new ArrayList<>();

    final List<TableExpr.Join> joins = new ArrayList<>();

    Block(@Nullable Block parent) {
        this.parent = parent;
    }

    void where(@Nullable Expr condition, List<Expr> to) {
        if (condition instanceof Expr.And and) {
            and.operands().forEach(each -> where(each, to));
        } else if (condition != null) {
            to.add(condition);
        }
    }

    /** The table of that column in this block or one around it; null where none is sharded by it. */
    @Nullable
    Ref shardedBy(Expr.Column column) {
        String name = lower(column.name());
        for (Block block = this; block != null; block = block.parent) {
            for (Ref ref : block.refs) {
                if (ref.shardsBy(name) && named(ref, column)) {
                    return ref;
                }
            }
        }
        return null;
    }

    static boolean named(Ref ref, Expr.Column column) {
        return column.table() == null || column.table().equalsIgnoreCase(ref.exposed);
    }

    static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    List<Ref> shardedRefs() {
        return refs.stream().filter(ref -> ref.sharded != null).toList();
    }
}
