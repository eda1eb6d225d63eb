package io.vtsphere.shardingsphere.kernel.v51;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import java.util.function.Function;
import org.apache.shardingsphere.infra.database.type.DatabaseType;
import org.apache.shardingsphere.infra.database.type.DatabaseTypeRegistry;
import org.apache.shardingsphere.infra.metadata.user.Grantee;
import org.apache.shardingsphere.infra.parser.ShardingSphereSQLParserEngine;
import org.apache.shardingsphere.parser.rule.SQLParserRule;
import org.apache.shardingsphere.proxy.backend.context.ProxyContext;
import org.apache.shardingsphere.proxy.backend.session.ConnectionSession;
import org.apache.shardingsphere.transaction.core.TransactionType;
import org.apache.shardingsphere.transaction.rule.TransactionRule;

/**
 * Makes the host's sessions and parsers, whose constructors differ between 5.1.0 and 5.1.1, and one of which wants a type of the host's own
 * Netty: arguments are found by the parameters' types. Stateless.
 */
final class HostSessions {
    private static final String MYSQL = "MySQL";

    private HostSessions() {}

    static DatabaseType mysql() {
        return DatabaseTypeRegistry.getActualDatabaseType(MYSQL);
    }

    /** A session of the host for a client that has logged in with us. */
    static ConnectionSession open(String user, String address, int connectionId) {
        TransactionType transactions = globalRule(TransactionRule.class)
                .map(TransactionRule::getDefaultType)
                .orElse(TransactionType.LOCAL);
        ConnectionSession session = make(
                ConnectionSession.class,
                type -> type == TransactionType.class
                        ? transactions
                        : type == DatabaseType.class ? mysql() : attributes(type));
        session.setConnectionId(connectionId);
        session.setGrantee(new Grantee(user, address));
        return session;
    }

    /** The host's parser of MySQL, with its cache. */
    static ShardingSphereSQLParserEngine parser() {
        SQLParserRule rule = globalRule(SQLParserRule.class)
                .orElseThrow(() -> new IllegalStateException("the host has no parser rule"));
        return make(ShardingSphereSQLParserEngine.class, type -> {
            if (type == String.class) {
                return MYSQL;
            }
            return type == SQLParserRule.class ? rule : configuration(rule);
        });
    }

    private static <T extends org.apache.shardingsphere.infra.rule.ShardingSphereRule> Optional<T> globalRule(
            Class<T> type) {
        return ProxyContext.getInstance()
                .getContextManager()
                .getMetaDataContexts()
                .getGlobalRuleMetaData()
                .findSingleRule(type);
    }

    /** 5.1.1's {@code rule.toParserConfiguration()}. */
    private static Object configuration(SQLParserRule rule) {
        try {
            return SQLParserRule.class.getMethod("toParserConfiguration").invoke(rule);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this host's parser is not that of 5.1.0 or 5.1.1", e);
        }
    }

    /** An empty attribute map, of the package that its interface is from. */
    private static Object attributes(Class<?> type) {
        try {
            return Class.forName(type.getPackageName() + ".DefaultAttributeMap", true, type.getClassLoader())
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this host's sessions are not those of 5.1.0 or 5.1.1", e);
        }
    }

    private static <T> T make(Class<T> type, Function<Class<?>, Object> argument) {
        Constructor<?> constructor = type.getConstructors()[0];
        Class<?>[] parameters = constructor.getParameterTypes();
        Object[] arguments = new Object[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            arguments[i] = argument.apply(parameters[i]);
        }
        try {
            return type.cast(constructor.newInstance(arguments));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(type + " cannot be made", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be made", e);
        }
    }
}
