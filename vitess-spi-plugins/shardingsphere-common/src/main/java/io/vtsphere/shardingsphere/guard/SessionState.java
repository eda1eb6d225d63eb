package io.vtsphere.shardingsphere.guard;

import io.vtsphere.sql.ast.Call;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Node;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.sql.ast.Walker;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an expression reads that is not the same in every connection of a host's pools. Stateless. */
final class SessionState {
    private static final Set<String> FUNCTIONS = Set.of(
            "last_insert_id",
            "found_rows",
            "row_count",
            "get_lock",
            "release_lock",
            "release_all_locks",
            "is_free_lock",
            "is_used_lock");
    private static final Set<String> RANDOM = Set.of("rand", "uuid", "uuid_short", "random_bytes", "sysdate");

    private SessionState() {}

    /** A user variable or a function of the session; null if there is none. */
    @Nullable
    static String read(Statement statement) {
        return find(statement, FUNCTIONS, true);
    }

    /** A function that gives each shard another value; null if there is none. */
    @Nullable
    static String random(Statement statement) {
        return find(statement, RANDOM, false);
    }

    private static @Nullable String find(Statement statement, Set<String> functions, boolean variables) {
        String[] found = {null};
        new Walker() {
            @Override
            protected boolean enter(Node node) {
                if (node instanceof Call call && functions.contains(Block.lower(call.name()))) {
                    found[0] = Block.lower(call.name()).toUpperCase(java.util.Locale.ROOT) + "()";
                } else if (variables && (node instanceof Expr.UserVariable || node instanceof Expr.AssignVariable)) {
                    found[0] = "user variables";
                }
                return found[0] == null;
            }
        }.walk(statement);
        return found[0];
    }
}
