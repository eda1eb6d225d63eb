package io.vtsphere.shardingsphere.guard.host;

import io.vtsphere.shardingsphere.errors.HostErrors;
import io.vtsphere.shardingsphere.guard.Guard;
import io.vtsphere.shardingsphere.guard.Routed;
import io.vtsphere.vterrors.VtException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.shardingsphere.infra.config.props.ConfigurationProperties;
import org.apache.shardingsphere.infra.rewrite.context.SQLRewriteContext;
import org.apache.shardingsphere.infra.rewrite.context.SQLRewriteContextDecorator;
import org.apache.shardingsphere.infra.route.context.RouteContext;
import org.apache.shardingsphere.infra.route.context.RouteMapper;
import org.apache.shardingsphere.infra.route.context.RouteUnit;
import org.apache.shardingsphere.sharding.rewrite.context.ShardingSQLRewriteContextDecorator;
import org.apache.shardingsphere.sharding.rule.ShardingRule;

/**
 * Stands in the place of the host's own decorator for sharding, which it calls, since of two for one rule the one of the higher order
 * remains. Every statement comes here, after all routers and before it is sent; and this SPI is the same in both lines. Thread-safe.
 */
public final class GuardDecorator implements SQLRewriteContextDecorator<ShardingRule> {
    private final ShardingSQLRewriteContextDecorator replaced = new ShardingSQLRewriteContextDecorator();
    private final GuardLine line = Guarded.line();
    private final Guard guard = new Guard(line.host());

    @Override
    public void decorate(
            ShardingRule rule, ConfigurationProperties props, SQLRewriteContext context, RouteContext route) {
        if (line.spreads(rule) && Guarded.contains(line, line.database(context))) {
            try {
                guard.check(context.getSql(), line.tables(rule, context), routed(rule, context, route.getRouteUnits()));
            } catch (VtException e) {
                throw HostErrors.asSqlException(e);
            }
        }
        replaced.decorate(rule, props, context, route);
    }

    private Routed routed(ShardingRule rule, SQLRewriteContext context, Collection<RouteUnit> units) {
        Map<String, Set<String>> reached = new HashMap<>();
        for (RouteUnit unit : units) {
            String dataSource = unit.getDataSourceMapper().getLogicName();
            for (RouteMapper table : unit.getTableMappers()) {
                reached.computeIfAbsent(table.getLogicName().toLowerCase(Locale.ROOT), any -> new HashSet<>())
                        .add(dataSource + "." + table.getActualName().toLowerCase(Locale.ROOT));
            }
        }
        Set<String> whole = new HashSet<>();
        reached.forEach((table, places) -> {
            if (places.containsAll(line.places(rule, table))) {
                whole.add(table);
            }
        });
        return new Routed(units.size(), whole, context.getParameters());
    }

    @Override
    public int getOrder() {
        return replaced.getOrder() + 1;
    }

    @Override
    public Class<ShardingRule> getTypeClass() {
        return ShardingRule.class;
    }
}
