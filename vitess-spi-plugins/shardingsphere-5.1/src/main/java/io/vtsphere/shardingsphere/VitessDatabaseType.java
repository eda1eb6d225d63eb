package io.vtsphere.shardingsphere;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** Asked for by 5.1.1: there is none. */
    public Optional<String> getDataSourceClassName() {
        return Optional.empty();
    }

    /** Asked for by 5.1.1: the gate answers for the system schemas. */
    public Map<String, Collection<String>> getSystemDatabaseSchemaMap() {
        return Map.of();
    }

    /** Asked for by 5.1.1. */
    public Collection<String> getSystemSchemas() {
        return List.of();
    }
}
