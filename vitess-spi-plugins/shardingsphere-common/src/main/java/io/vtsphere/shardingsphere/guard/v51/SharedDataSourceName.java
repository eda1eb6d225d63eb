package io.vtsphere.shardingsphere.guard.v51;

/**
 * Two databases have a data source of one name: inside a transaction the host would send the statements for one to the other.
 *
 * <p>An {@link Error}, because the host logs an exception of a listener and goes on.
 */
final class SharedDataSourceName extends Error {
    private static final long serialVersionUID = 1L;

    SharedDataSourceName(String source, String first, String second) {
        super("data source '" + source + "' is in the databases '" + first + "' and '" + second
                + "': inside a transaction ShardingSphere 5.1 takes the connections of one for the other. Name it otherwise in one of them, "
                + "or set guard: false in !VITESS");
    }
}
