package io.vtsphere.shardingsphere.topology.v51;

import io.vtsphere.shardingsphere.rule.VitessSettings;
import io.vtsphere.shardingsphere.rule.v51.VitessRule;
import io.vtsphere.shardingsphere.topology.Binding;
import io.vtsphere.shardingsphere.topology.RoutingPlan;
import io.vtsphere.shardingsphere.topology.RoutingPlan.Database;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.apache.shardingsphere.infra.config.mode.ModeConfiguration;
import org.apache.shardingsphere.infra.database.type.DatabaseType;
import org.apache.shardingsphere.infra.database.type.DatabaseTypeRegistry;
import org.apache.shardingsphere.infra.federation.optimizer.context.OptimizerContextFactory;
import org.apache.shardingsphere.infra.metadata.ShardingSphereMetaData;
import org.apache.shardingsphere.infra.metadata.resource.DataSourcesMetaData;
import org.apache.shardingsphere.infra.metadata.resource.ShardingSphereResource;
import org.apache.shardingsphere.infra.metadata.rule.ShardingSphereRuleMetaData;
import org.apache.shardingsphere.mode.manager.ContextManager;
import org.apache.shardingsphere.mode.metadata.MetaDataContexts;
import org.apache.shardingsphere.sharding.api.config.ShardingRuleConfiguration;
import org.apache.shardingsphere.sharding.rule.ShardingRule;
import org.apache.shardingsphere.transaction.ShardingSphereTransactionManagerEngine;
import org.apache.shardingsphere.transaction.context.TransactionContexts;
import org.jspecify.annotations.Nullable;

/** ShardingSphere-Proxy 5.1: a new context of meta data takes the place of the old one, in one write. */
public final class HostBinding implements Binding {
    private static final String PROTOCOL = "proxy-frontend-database-protocol-type";
    private static final String VITESS_FRONT_END = "VitessMySQL";

    private final ContextManager context;
    private final @Nullable ModeConfiguration mode;
    private final DatabaseType mysql = DatabaseTypeRegistry.getActualDatabaseType("MySQL");
    /** What we have put there; confined to the caller's thread. */
    private final Map<String, ShardingSphereMetaData> ours = new TreeMap<>();

    /** @param mode null in the host's default one */
    public HostBinding(ContextManager context, @Nullable ModeConfiguration mode) {
        this.context = context;
        this.mode = mode;
    }

    @Override
    public @Nullable VitessSettings settings() {
        MetaDataContexts contexts = context.getMetaDataContexts();
        if (VITESS_FRONT_END.equals(contexts.getProps().getProps().get(PROTOCOL))) {
            // the Vitess front end serves the keyspaces itself, without the host's kernel
            return null;
        }
        return contexts.getGlobalRuleMetaData().findRules(VitessRule.class).stream()
                .findFirst()
                .map(rule -> rule.configuration().settings())
                .orElse(null);
    }

    @Override
    public @Nullable String refusal() {
        return refusal(mode);
    }

    static @Nullable String refusal(@Nullable ModeConfiguration mode) {
        return mode != null && "Cluster".equalsIgnoreCase(mode.getType())
                ? "databases from the topology cannot be had in Cluster mode, whose repository would spread copies that nobody keeps "
                        + "up to date: leave mode out, or set type: Memory or Standalone"
                : null;
    }

    @Override
    public Set<String> foreign() {
        Set<String> names = new HashSet<>();
        context.getMetaDataContexts().getMetaDataMap().forEach((name, metaData) -> {
            if (!ours.containsKey(name) && metaData.hasDataSource()) {
                names.add(name.toLowerCase(Locale.ROOT));
            }
        });
        return names;
    }

    @Override
    public Set<String> displaced() {
        Map<String, ShardingSphereMetaData> current =
                context.getMetaDataContexts().getMetaDataMap();
        Set<String> names = new HashSet<>();
        ours.forEach((name, metaData) -> {
            if (current.get(name) != metaData) {
                names.add(name);
            }
        });
        return names;
    }

    @Override
    public void swap(RoutingPlan changed, Map<String, DataSource> dataSources, Set<String> removed) {
        Map<String, ShardingSphereMetaData> built = new LinkedHashMap<>();
        changed.databases().forEach((name, database) -> built.put(name, build(database, dataSources)));
        // the lock of the host's own changes
        synchronized (context) {
            Map<String, ShardingSphereTransactionManagerEngine> engines =
                    new ConcurrentHashMap<>(context.getTransactionContexts().getEngines());
            built.keySet()
                    .forEach(name ->
                            engines.computeIfAbsent(name, added -> new ShardingSphereTransactionManagerEngine()));
            // before the databases, whose statements look for them
            context.renewTransactionContexts(new TransactionContexts(engines));
            MetaDataContexts old = context.getMetaDataContexts();
            Map<String, ShardingSphereMetaData> all = new ConcurrentHashMap<>(old.getMetaDataMap());
            all.keySet().removeAll(removed);
            all.putAll(built);
            context.renewMetaDataContexts(new MetaDataContexts(
                    old.getMetaDataPersistService().orElse(null),
                    all,
                    old.getGlobalRuleMetaData(),
                    old.getExecutorEngine(),
                    OptimizerContextFactory.create(all, old.getGlobalRuleMetaData()),
                    old.getProps()));
        }
        ours.keySet().removeAll(removed);
        ours.putAll(built);
    }

    private ShardingSphereMetaData build(Database database, Map<String, DataSource> dataSources) {
        Map<String, DataSource> own = new LinkedHashMap<>();
        database.dataSources().forEach(name -> own.put(name, dataSources.get(name)));
        ShardingRuleConfiguration configuration = ShardingRules.configuration(database);
        ShardingRule rule = new ShardingRule(configuration, database.serving());
        return Schemas.database(
                database,
                new ShardingSphereResource(own, new DataSourcesMetaData(mysql, own), null, mysql),
                new ShardingSphereRuleMetaData(
                        new LinkedList<>(List.of(configuration)),
                        new KeptRules(List.of(rule, new UnknownTablesRule(database.name())))));
    }
}
