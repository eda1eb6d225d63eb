package io.vtsphere.shardingsphere.topology.v51;

import io.vtsphere.shardingsphere.errors.HostErrors;
import io.vtsphere.shardingsphere.rule.OtherLine;
import java.util.Collection;
import org.apache.shardingsphere.infra.binder.LogicSQL;
import org.apache.shardingsphere.infra.config.props.ConfigurationProperties;
import org.apache.shardingsphere.infra.metadata.ShardingSphereMetaData;
import org.apache.shardingsphere.infra.route.SQLRouter;
import org.apache.shardingsphere.infra.route.context.RouteContext;

/**
 * Refuses statements on tables that a sharded keyspace's database does not have, which the host would send to its first data source. Stateless.
 *
 * <p>The SPI has the same name in 5.5, whose loader makes an instance too, and does not use it: there the host itself refuses such tables.
 */
public final class UnknownTablesRouter implements SQLRouter<UnknownTablesRule> {
    /** Behind all of the host's. */
    private static final int ORDER = 5_100;

    /** Called when no router before has found a route. */
    @Override
    public RouteContext createRouteContext(
            LogicSQL sql, ShardingSphereMetaData database, UnknownTablesRule rule, ConfigurationProperties props) {
        Collection<String> tables =
                sql.getSqlStatementContext().getTablesContext().getTableNames();
        if (!tables.isEmpty() && database.getResource().getDataSources().size() > 1) {
            throw HostErrors.unsupported("tables " + tables + ", one of which is not in keyspace " + rule.keyspace()
                    + " as this host has it");
        }
        return new RouteContext();
    }

    @Override
    public void decorateRouteContext(
            RouteContext route,
            LogicSQL sql,
            ShardingSphereMetaData database,
            UnknownTablesRule rule,
            ConfigurationProperties props) {
        // it has a route
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Class<UnknownTablesRule> getTypeClass() {
        return OtherLine.unless(() -> UnknownTablesRule.class);
    }
}
