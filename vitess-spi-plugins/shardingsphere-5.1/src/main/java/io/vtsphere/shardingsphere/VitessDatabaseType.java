package io.vtsphere.shardingsphere;

import java.util.Collection;
import java.util.List;
import org.apache.shardingsphere.infra.database.metadata.DataSourceMetaData;
import org.apache.shardingsphere.infra.database.type.DatabaseType;
import org.apache.shardingsphere.sql.parser.sql.common.constant.QuoteCharacter;

/** The protocol type that {@code proxy-frontend-database-protocol-type} names. It has no data sources: behind it are tablets. */
public final class VitessDatabaseType implements DatabaseType {
    static final String NAME = "VitessMySQL";

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public QuoteCharacter getQuoteCharacter() {
        return QuoteCharacter.BACK_QUOTE;
    }

    @Override
    public Collection<String> getJdbcUrlPrefixes() {
        return List.of();
    }

    @Override
    public DataSourceMetaData getDataSourceMetaData(String url, String username) {
        throw new UnsupportedOperationException(NAME + " has no data sources: " + url);
    }
}
