package io.vtsphere.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A Connector/J connection whose meta data names our URL and not the loopback port behind it, and whose catalog is MySQL's name of
 * the shard's database; everything else goes through. So do its statements, but for {@link Statement#getConnection}. Result sets are
 * Connector/J's own.
 *
 * <p>The path of another URL of the keyspace is a catalog too, and moves the connection there: ShardingSphere 5.5 has one pool for all
 * data sources with the same host and user, and names the path around each statement. Not thread-safe.
 */
final class VitessConnection implements InvocationHandler {
    private final Connection connection;
    private final VitessUrl url;
    private final EmbeddedGate gate;
    /** Where the connection is; null as long as it is to a whole keyspace. */
    private @Nullable String target;

    private VitessConnection(Connection connection, VitessUrl url, EmbeddedGate gate) {
        this.connection = connection;
        this.url = url;
        this.gate = gate;
        this.target = url.shard() == null ? null : url.target();
    }

    /** @param gate that the connection goes to */
    static Connection wrap(Connection connection, VitessUrl url, EmbeddedGate gate) {
        return proxy(Connection.class, new VitessConnection(connection, url, gate));
    }

    @Override
    public @Nullable Object invoke(Object self, Method method, Object @Nullable [] arguments) throws Throwable {
        if (target != null && arguments != null && method.getName().equals("setCatalog")) {
            String wanted = target(target, String.valueOf(arguments[0]));
            if (wanted != null) {
                if (!wanted.equals(connection.getCatalog())) {
                    connection.setCatalog(wanted);
                }
                target = wanted;
                return null;
            }
        }
        Object result = call(connection, method, arguments, self);
        if (method.getName().equals("getCatalog")) {
            return target != null && target.equals(result) ? gate.schema(target, connection) : result;
        }
        if (result instanceof CallableStatement statement) {
            return proxy(CallableStatement.class, new Wrapped(statement, (Connection) self, url));
        }
        if (result instanceof PreparedStatement statement) {
            return proxy(PreparedStatement.class, new Wrapped(statement, (Connection) self, url));
        }
        if (result instanceof Statement statement) {
            return proxy(Statement.class, new Wrapped(statement, (Connection) self, url));
        }
        if (result instanceof DatabaseMetaData metaData) {
            return proxy(DatabaseMetaData.class, new Wrapped(metaData, (Connection) self, url));
        }
        return result;
    }

    /** The target that a catalog stands for, or null when it is a name for the gate. */
    private @Nullable String target(String now, String catalog) throws SQLException {
        if (catalog.equals(url.path())) {
            return url.target();
        }
        if (catalog.equals(gate.schema(now, connection))) {
            return now;
        }
        // the name of a database has no @
        return catalog.indexOf('@') < 0 ? null : url.sibling(catalog);
    }

    /** A statement or meta data. */
    private record Wrapped(Object target, Connection connection, VitessUrl url) implements InvocationHandler {
        @Override
        public @Nullable Object invoke(Object self, Method method, Object @Nullable [] arguments) throws Throwable {
            return switch (method.getName()) {
                case "getConnection" -> connection;
                case "getURL" ->
                    target instanceof DatabaseMetaData ? url.text() : call(target, method, arguments, self);
                case "getUserName" ->
                    target instanceof DatabaseMetaData ? Gates.loginName(url) : call(target, method, arguments, self);
                default -> call(target, method, arguments, self);
            };
        }
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments, Object self)
            throws Throwable {
        if (method.getName().equals("equals") && arguments != null) {
            return self == arguments[0];
        }
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(VitessConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
