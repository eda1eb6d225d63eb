package io.vtsphere.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A Connector/J connection whose meta data names our URL and not the loopback port behind it, and whose catalog is MySQL's name of
 * the shard's database; everything else goes through. So do its
 * statements, but for {@link Statement#getConnection}. Result sets are Connector/J's own.
 */
final class VitessConnection implements InvocationHandler {
    private final Connection connection;
    private final VitessUrl url;

    private final @Nullable String schema;

    private VitessConnection(Connection connection, VitessUrl url, @Nullable String schema) {
        this.connection = connection;
        this.url = url;
        this.schema = schema;
    }

    /** @param schema the database that the shard's MySQL knows; null for a keyspace */
    static Connection wrap(Connection connection, VitessUrl url, @Nullable String schema) {
        return proxy(Connection.class, new VitessConnection(connection, url, schema));
    }

    @Override
    public @Nullable Object invoke(Object self, Method method, Object @Nullable [] arguments) throws Throwable {
        if (schema != null
                && method.getName().equals("setCatalog")
                && arguments != null
                && (schema.equals(arguments[0])
                        || (url.path() != null && url.path().equals(arguments[0])))) {
            // ShardingSphere 5.5 and its pool do so around each statement: no call when it is there already
            return url.target().equals(connection.getCatalog())
                    ? null
                    : call(connection, method, new Object[] {url.target()}, self);
        }
        Object result = call(connection, method, arguments, self);
        if (method.getName().equals("getCatalog")) {
            return schema != null && url.target().equals(result) ? schema : result;
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
