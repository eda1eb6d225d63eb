package io.vtsphere.shardingsphere.guard;

import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.TableExpr;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which tables of a statement are joined by all of their sharding columns, so that rows which meet lie together. Confined to one check. */
final class Links {
    private final Map<Key, Key> parents = new HashMap<>();

    /** A sharding column of a table. */
    private record Key(Ref ref, String column) {}

    Links(List<Block> blocks) {
        for (Block block : blocks) {
            block.conjuncts.forEach(each -> link(each, block));
            block.outer.forEach(each -> link(each, block));
            block.joins.forEach(each -> using(each, block));
        }
    }

    private void link(Expr conjunct, Block block) {
        if (conjunct instanceof Expr.Comparison comparison && Conditions.isLink(comparison)) {
            Expr.Column left = (Expr.Column) comparison.left();
            Expr.Column right = (Expr.Column) comparison.right();
            Ref a = block.shardedBy(left);
            Ref b = block.shardedBy(right);
            if (a != null && b != null) {
                parents.put(root(new Key(a, Block.lower(left.name()))), root(new Key(b, Block.lower(right.name()))));
            }
        }
    }

    private void using(TableExpr.Join join, Block block) {
        for (String name : join.using()) {
            String column = Block.lower(name);
            Ref first = null;
            for (Ref ref : block.refs) {
                if (ref.shardsBy(column) && (names(join.left(), ref) || names(join.right(), ref))) {
                    if (first != null) {
                        parents.put(root(new Key(first, column)), root(new Key(ref, column)));
                    }
                    first = ref;
                }
            }
        }
    }

    private static boolean names(TableExpr expr, Ref ref) {
        if (expr instanceof TableExpr.Table table) {
            return table.exposedName().equals(ref.exposed);
        }
        if (expr instanceof TableExpr.Group group) {
            return group.tables().stream().anyMatch(each -> names(each, ref));
        }
        return expr instanceof TableExpr.Join join && (names(join.left(), ref) || names(join.right(), ref));
    }

    private Key root(Key key) {
        Key at = key;
        for (Key up = parents.get(at); up != null && !up.equals(at); up = parents.get(at)) {
            at = up;
        }
        return at;
    }

    boolean together(Ref a, Ref b) {
        ShardedTable left = a.sharded;
        ShardedTable right = b.sharded;
        if (a == b) {
            return true;
        }
        if (left == null
                || right == null
                || !left.group().equals(right.group())
                || left.columns().isEmpty()
                || left.columns().size() != right.columns().size()) {
            return false;
        }
        for (int i = 0; i < left.columns().size(); i++) {
            if (!root(new Key(a, left.columns().get(i)))
                    .equals(root(new Key(b, right.columns().get(i))))) {
                return false;
            }
        }
        return true;
    }

    /** A table that does not lie with the first; null when all do. */
    @Nullable
    Ref apart(List<Ref> refs) {
        for (Ref ref : refs) {
            if (!together(refs.get(0), ref)) {
                return ref;
            }
        }
        return null;
    }
}
