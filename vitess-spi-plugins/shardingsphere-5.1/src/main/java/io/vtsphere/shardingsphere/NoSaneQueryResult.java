package io.vtsphere.shardingsphere;

import java.util.Optional;
import org.apache.shardingsphere.infra.executor.sql.execute.engine.driver.jdbc.sane.SaneQueryResultEngine;
import org.apache.shardingsphere.infra.executor.sql.execute.result.ExecuteResult;
import org.apache.shardingsphere.sql.parser.sql.common.statement.SQLStatement;

/** Without this the host answers a SELECT that has failed with one row {@code 1}. Stateless. */
public final class NoSaneQueryResult implements SaneQueryResultEngine {
    @Override
    public Optional<ExecuteResult> getSaneQueryResult(SQLStatement statement) {
        return Optional.empty();
    }

    @Override
    public String getType() {
        return VitessDatabaseType.NAME;
    }
}
