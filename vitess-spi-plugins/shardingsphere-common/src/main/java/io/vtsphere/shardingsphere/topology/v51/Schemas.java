package io.vtsphere.shardingsphere.topology.v51;

import io.vtsphere.shardingsphere.topology.RoutingPlan.Column;
import io.vtsphere.shardingsphere.topology.RoutingPlan.Database;
import io.vtsphere.shardingsphere.topology.RoutingPlan.Table;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.shardingsphere.infra.metadata.ShardingSphereMetaData;
import org.apache.shardingsphere.infra.metadata.resource.ShardingSphereResource;
import org.apache.shardingsphere.infra.metadata.rule.ShardingSphereRuleMetaData;
import org.apache.shardingsphere.infra.metadata.schema.ShardingSphereSchema;
import org.apache.shardingsphere.infra.metadata.schema.model.ColumnMetaData;
import org.apache.shardingsphere.infra.metadata.schema.model.TableMetaData;

/**
 * A database's tables in 5.1's classes, two of which have other constructors in 5.1.0 (a database has a schema, a table columns and indexes) than
 * in 5.1.1 (schemas by name, and constraints). Stateless.
 */
final class Schemas {
    private static final Constructor<?> DATABASE = ShardingSphereMetaData.class.getConstructors()[0];
    private static final Constructor<?> TABLE = longest(TableMetaData.class);

    private Schemas() {}

    private static Constructor<?> longest(Class<?> type) {
        Constructor<?> longest = type.getConstructors()[0];
        for (Constructor<?> each : type.getConstructors()) {
            if (each.getParameterCount() > longest.getParameterCount()) {
                longest = each;
            }
        }
        return longest;
    }

    static ShardingSphereMetaData database(
            Database database, ShardingSphereResource resource, ShardingSphereRuleMetaData rules) {
        Map<String, TableMetaData> tables = new LinkedHashMap<>();
        for (Table table : database.tables()) {
            if (!table.columns().isEmpty()) {
                tables.put(table.name().toLowerCase(Locale.ROOT), table(table));
            }
        }
        ShardingSphereSchema schema = new ShardingSphereSchema(tables);
        boolean single = DATABASE.getParameterTypes()[3] == ShardingSphereSchema.class;
        Map<String, ShardingSphereSchema> schemas = new LinkedHashMap<>();
        schemas.put(database.name(), schema);
        return (ShardingSphereMetaData) make(DATABASE, database.name(), resource, rules, single ? schema : schemas);
    }

    private static TableMetaData table(Table table) {
        List<ColumnMetaData> columns = new ArrayList<>();
        for (Column column : table.columns()) {
            columns.add(new ColumnMetaData(
                    column.name(),
                    column.jdbcType(),
                    column.primaryKey(),
                    table.isGenerated(column),
                    column.caseSensitive()));
        }
        Object[] arguments = new Object[TABLE.getParameterCount()];
        java.util.Arrays.fill(arguments, List.of());
        arguments[0] = table.name();
        arguments[1] = columns;
        return (TableMetaData) make(TABLE, arguments);
    }

    private static Object make(Constructor<?> constructor, Object... arguments) {
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(constructor + ": " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this host is neither ShardingSphere 5.1.0 nor 5.1.1: " + constructor, e);
        }
    }
}
