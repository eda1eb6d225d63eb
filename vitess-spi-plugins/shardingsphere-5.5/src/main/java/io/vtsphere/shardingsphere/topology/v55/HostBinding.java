package io.vtsphere.shardingsphere.topology.v55;

import io.vtsphere.shardingsphere.rule.VitessSettings;
import io.vtsphere.shardingsphere.rule.v55.VitessRule;
import io.vtsphere.shardingsphere.topology.Binding;
import io.vtsphere.shardingsphere.topology.RoutingPlan;
import io.vtsphere.shardingsphere.topology.RoutingPlan.Column;
import io.vtsphere.shardingsphere.topology.RoutingPlan.Database;
import io.vtsphere.shardingsphere.topology.RoutingPlan.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.apache.shardingsphere.infra.config.database.DatabaseConfiguration;
import org.apache.shardingsphere.infra.config.mode.ModeConfiguration;
import org.apache.shardingsphere.infra.config.rule.RuleConfiguration;
import org.apache.shardingsphere.infra.database.core.type.DatabaseType;
import org.apache.shardingsphere.infra.datasource.pool.props.creator.DataSourcePoolPropertiesCreator;
import org.apache.shardingsphere.infra.metadata.ShardingSphereMetaData;
import org.apache.shardingsphere.infra.metadata.database.ShardingSphereDatabase;
import org.apache.shardingsphere.infra.metadata.database.resource.ResourceMetaData;
import org.apache.shardingsphere.infra.metadata.database.resource.node.StorageNode;
import org.apache.shardingsphere.infra.metadata.database.resource.unit.StorageUnit;
import org.apache.shardingsphere.infra.metadata.database.rule.RuleMetaData;
import org.apache.shardingsphere.infra.metadata.database.schema.builder.SystemSchemaBuilder;
import org.apache.shardingsphere.infra.metadata.database.schema.model.ShardingSphereColumn;
import org.apache.shardingsphere.infra.metadata.database.schema.model.ShardingSphereSchema;
import org.apache.shardingsphere.infra.metadata.database.schema.model.ShardingSphereTable;
import org.apache.shardingsphere.infra.rule.ShardingSphereRule;
import org.apache.shardingsphere.infra.rule.builder.database.DatabaseRulesBuilder;
import org.apache.shardingsphere.infra.rule.scope.GlobalRule;
import org.apache.shardingsphere.infra.rule.scope.GlobalRule.GlobalRuleChangedType;
import org.apache.shardingsphere.infra.spi.type.typed.TypedSPILoader;
import org.apache.shardingsphere.mode.manager.ContextManager;
import org.jspecify.annotations.Nullable;

/** ShardingSphere-JDBC and -Proxy 5.5: a database takes the place of another in the host's concurrent map. */
public final class HostBinding implements Binding {
    private final ContextManager context;
    private final DatabaseType mysql = TypedSPILoader.getService(DatabaseType.class, "MySQL");
    /** What we have put there; confined to the caller's thread. */
    private final Map<String, ShardingSphereDatabase> ours = new TreeMap<>();
    /** One for each data source, as long as a database has it; confined likewise. */
    private final Map<String, StorageUnit> units = new TreeMap<>();

    /** @param mode only 5.1 hands it over */
    public HostBinding(ContextManager context, @Nullable ModeConfiguration mode) {
        this.context = context;
    }

    private ShardingSphereMetaData metaData() {
        return context.getMetaDataContexts().getMetaData();
    }

    @Override
    public @Nullable VitessSettings settings() {
        return metaData()
                .getGlobalRuleMetaData()
                .findSingleRule(VitessRule.class)
                .map(rule -> rule.getConfiguration().settings())
                .orElse(null);
    }

    @Override
    public @Nullable String refusal() {
        return context.getComputeNodeInstanceContext().getModeConfiguration().isCluster()
                ? "databases from the topology cannot be had in Cluster mode, whose repository would spread copies that nobody keeps "
                        + "up to date: set mode: type: Standalone with the repository JDBC"
                : null;
    }

    @Override
    public Set<String> foreign() {
        Set<String> names = new HashSet<>();
        for (ShardingSphereDatabase database : metaData().getAllDatabases()) {
            if (!ours.containsValue(database) && database.containsDataSource()) {
                names.add(database.getName().toLowerCase(Locale.ROOT));
            }
        }
        displaced().forEach(name -> names.remove(name.toLowerCase(Locale.ROOT)));
        return names;
    }

    @Override
    public Set<String> displaced() {
        ShardingSphereMetaData current = metaData();
        Set<String> names = new HashSet<>();
        ours.forEach((name, database) -> {
            if (current.getDatabase(name) != database) {
                names.add(name);
            }
        });
        return names;
    }

    @Override
    public void swap(RoutingPlan changed, Map<String, DataSource> dataSources, Set<String> removed) {
        List<ShardingSphereDatabase> built = new ArrayList<>();
        changed.databases().values().forEach(database -> built.add(build(database, dataSources)));
        // read again: other changes replace the whole
        ShardingSphereMetaData current = metaData();
        for (String name : removed) {
            ours.remove(name);
            if (current.containsDatabase(name)) {
                current.dropDatabase(name);
            }
        }
        for (ShardingSphereDatabase database : built) {
            ours.put(database.getName(), database);
            current.putDatabase(database);
        }
        for (ShardingSphereRule rule : current.getGlobalRuleMetaData().getRules()) {
            ((GlobalRule) rule).refresh(current.getAllDatabases(), GlobalRuleChangedType.DATABASE_CHANGED);
        }
        units.keySet().retainAll(dataSources.keySet());
    }

    private ShardingSphereDatabase build(Database database, Map<String, DataSource> dataSources) {
        // rules over the shards that serve; for statements also those that are about to, or did when the statement was
        // routed
        ResourceMetaData serving = resource(database.serving(), dataSources);
        Collection<ShardingSphereRule> rules = DatabaseRulesBuilder.build(
                database.name(),
                mysql,
                new Configuration(Rules.configurations(database), serving),
                context.getComputeNodeInstanceContext(),
                serving);
        Map<String, ShardingSphereSchema> schemas = new LinkedHashMap<>();
        schemas.put(database.name(), schema(database));
        SystemSchemaBuilder.build(database.name(), mysql, metaData().getProps()).forEach(schemas::putIfAbsent);
        return new ShardingSphereDatabase(
                database.name(),
                mysql,
                resource(database.dataSources(), dataSources),
                new RuleMetaData(rules),
                schemas.values());
    }

    private record Configuration(Collection<RuleConfiguration> rules, ResourceMetaData resource)
            implements DatabaseConfiguration {
        @Override
        public Collection<RuleConfiguration> getRuleConfigurations() {
            return rules;
        }

        @Override
        public Map<String, StorageUnit> getStorageUnits() {
            return resource.getStorageUnits();
        }

        @Override
        public Map<StorageNode, DataSource> getDataSources() {
            return resource.getDataSources();
        }
    }

    private ResourceMetaData resource(List<String> names, Map<String, DataSource> dataSources) {
        Map<StorageNode, DataSource> nodes = new LinkedHashMap<>();
        Map<String, StorageUnit> own = new LinkedHashMap<>();
        for (String name : names) {
            StorageUnit unit = units.computeIfAbsent(name, added -> {
                DataSource dataSource = dataSources.get(added);
                return new StorageUnit(
                        new StorageNode(added), DataSourcePoolPropertiesCreator.create(dataSource), dataSource);
            });
            nodes.put(unit.getStorageNode(), unit.getDataSource());
            own.put(name, unit);
        }
        return new ResourceMetaData(nodes, own);
    }

    private static ShardingSphereSchema schema(Database database) {
        List<ShardingSphereTable> tables = new ArrayList<>();
        for (Table table : database.tables()) {
            if (!table.columns().isEmpty()) {
                List<ShardingSphereColumn> columns = new ArrayList<>();
                for (Column column : table.columns()) {
                    columns.add(new ShardingSphereColumn(
                            column.name(),
                            column.jdbcType(),
                            column.primaryKey(),
                            table.isGenerated(column),
                            column.caseSensitive(),
                            column.visible(),
                            column.unsigned(),
                            column.nullable()));
                }
                tables.add(new ShardingSphereTable(table.name(), columns, List.of(), List.of()));
            }
        }
        return new ShardingSphereSchema(database.name(), tables, List.of());
    }
}
