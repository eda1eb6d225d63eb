package io.vtsphere.shardingsphere.guard.host;

import io.vtsphere.shardingsphere.guard.Host;
import io.vtsphere.shardingsphere.guard.Tables;
import org.apache.shardingsphere.infra.rewrite.context.SQLRewriteContext;
import org.apache.shardingsphere.mode.manager.ContextManager;
import org.apache.shardingsphere.sharding.rule.ShardingRule;

/** One line of the host. A service of this jar; its classes load in every line and link in their own. Stateless. */
public interface GuardLine {
    /** Whether this host is of that line. */
    boolean present();

    Host host();

    /** Whether the host has a {@code !VITESS} rule that does not say {@code guard: false}. */
    boolean active(ContextManager manager);

    /** Whether that host has that database now. */
    boolean has(ContextManager manager, String database);

    /** Checks what is configured, and says once what no plug-in can mend. */
    void started(ContextManager manager);

    String database(SQLRewriteContext context);

    /** Whether a statement may need more than one place. */
    boolean spreads(ShardingRule rule);

    Tables tables(ShardingRule rule, SQLRewriteContext context);

    /** The places of a sharded table, as {@code data source.table}. */
    java.util.Set<String> places(ShardingRule rule, String table);
}
