package io.vtsphere.shardingsphere.door.v51;

import io.vtsphere.sql.SqlParser;
import io.vtsphere.sql.ast.Node;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.sql.ast.TableName;
import io.vtsphere.sql.ast.Walker;
import io.vtsphere.vterrors.State;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a statement goes: the current database decides, unless its tables are qualified. Immutable.
 *
 * @param database of the host, for its kernel; null for the gate
 */
record StatementSide(@Nullable String database) {
    /**
     * Decides. A text that holds no name of the other side is not parsed.
     *
     * @param current the host's database that the session is in; null when it is in none of them
     * @throws VtException VT12001 when the statement has tables of both sides
     */
    static StatementSide of(String sql, @Nullable String current, HostDatabases databases) {
        Set<String> others = current == null ? databases.names() : databases.keyspaces();
        if (!mentions(sql, others) && (current == null || !mentions(sql, databases.names()))) {
            return new StatementSide(current);
        }
        Tables tables = Tables.of(sql);
        Set<String> hosts = new HashSet<>(tables.qualifiers);
        hosts.retainAll(databases.names());
        Set<String> elsewhere = new HashSet<>(tables.qualifiers);
        elsewhere.removeAll(hosts);
        if (hosts.isEmpty()) {
            if (current == null || elsewhere.stream().noneMatch(databases.keyspaces()::contains)) {
                return new StatementSide(current);
            }
            if (tables.unqualified) {
                throw mixed(current);
            }
            return new StatementSide(null);
        }
        String host = hosts.iterator().next();
        if (hosts.size() > 1 || !elsewhere.isEmpty() || (tables.unqualified && !host.equals(current))) {
            throw mixed(host);
        }
        return new StatementSide(host);
    }

    private static VtException mixed(String database) {
        return VtError.VT12001.with("tables of database " + database + " and of others in one statement");
    }

    /** Whether one of the names stands before a dot; may say yes where it is part of something else. */
    private static boolean mentions(String sql, Collection<String> names) {
        if (sql.indexOf('.') < 0) {
            return false;
        }
        for (String name : names) {
            for (int at = sql.indexOf(name); at >= 0; at = sql.indexOf(name, at + 1)) {
                int end = at + name.length();
                while (end < sql.length() && (sql.charAt(end) == '`' || sql.charAt(end) <= ' ')) {
                    end++;
                }
                if (end < sql.length() && sql.charAt(end) == '.') {
                    return true;
                }
            }
        }
        return false;
    }

    /** The tables of a statement. */
    private static final class Tables extends Walker {
        final Set<String> qualifiers = new HashSet<>();
        boolean unqualified;

        /** Of one that is no Vitess SQL, none: it stays where the session is. */
        static Tables of(String sql) {
            Tables tables = new Tables();
            Statement statement;
            try {
                statement = SqlParser.parse(sql);
            } catch (VtException e) {
                if (e.state() != State.PARSE_ERROR) {
                    throw e;
                }
                return tables;
            }
            tables.walk(statement);
            return tables;
        }

        @Override
        protected boolean enter(Node node) {
            if (node instanceof TableName table) {
                if (table.keyspace() == null) {
                    unqualified |= !table.name().equalsIgnoreCase("dual");
                } else {
                    qualifiers.add(table.keyspace());
                }
            }
            return true;
        }
    }
}
