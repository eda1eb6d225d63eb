package io.vtsphere.planner;

import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Rewriter;
import io.vtsphere.sql.ast.Show;
import io.vtsphere.sql.ast.ShowKind;
import io.vtsphere.sql.ast.TableName;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.topo.KeyspaceState;
import io.vtsphere.topo.ServingState;
import io.vtsphere.topo.ShardRef;
import io.vtsphere.topo.TableVSchema;
import io.vtsphere.vterrors.VtError;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** SHOW: the gate's own knowledge, or the answer of any one shard. */
final class ShowPlanner {
    private static final List<String> SYSTEM_SCHEMAS =
            List.of("information_schema", "mysql", "performance_schema", "sys");

    /** What a tablet's database is called by default: this and the keyspace. */
    private static final String DATABASE_PREFIX = "vt_";

    private final Tables tables;
    private final Show show;

    ShowPlanner(Tables tables, Show show) {
        this.tables = tables;
        this.show = show;
    }

    Primitive plan() {
        switch (show.kind()) {
            case DATABASES:
            case SCHEMAS:
                return databases(true);
            case KEYSPACES:
            case VITESS_KEYSPACES:
                return databases(false);
            case VITESS_TABLETS:
                return state(Primitive.ShowState.Subject.VITESS_TABLETS);
            case VITESS_REPLICATION_STATUS:
                return state(Primitive.ShowState.Subject.VITESS_REPLICATION_STATUS);
            case VITESS_SHARDS:
                return state(Primitive.ShowState.Subject.VITESS_SHARDS);
            case VITESS_TARGET:
                return state(Primitive.ShowState.Subject.VITESS_TARGET);
            case WARNINGS:
                return state(Primitive.ShowState.Subject.WARNINGS);
            case COUNT_WARNINGS:
                return state(Primitive.ShowState.Subject.WARNING_COUNT);
            case VSCHEMA_KEYSPACES:
                return new VSchemaListing(tables.state().vschema()).keyspaces(new LikePattern(show.like()));
            case VSCHEMA_TABLES:
                return new VSchemaListing(tables.state().vschema()).tables(keyspace(show.database()));
            case VSCHEMA_VINDEXES:
                return vindexes();
            case GTID_EXECUTED:
                return gtidExecuted(keyspace(show.database()));
            case VGTID_EXECUTED:
                return new Primitive.Merged(Primitive.Merged.Way.VGTID, gtidExecuted(keyspace(show.database())));
            case ENGINES:
                return FixedListings.engines();
            case PLUGINS:
                return FixedListings.plugins();
            case CHARSET:
                return FixedListings.charsets(show);
            case VITESS_METADATA_VARIABLES:
            case VITESS_MIGRATIONS:
            case VITESS_MIGRATION_LOGS:
            case VITESS_THROTTLED_APPS:
            case VITESS_THROTTLER_STATUS:
            case TRANSACTION_STATUS:
            case UNRESOLVED_TRANSACTIONS:
                throw VtError.VT12001.with("SHOW " + show.kind().text());
            default:
                return anyShard();
        }
    }

    private Primitive state(Primitive.ShowState.Subject subject) {
        return new Primitive.ShowState(subject, show.like(), tables.target().type());
    }

    private Primitive databases(boolean withSystem) {
        if (show.where() != null) {
            throw VtError.VT12001.with("SHOW " + show.kind().text() + " WHERE");
        }
        TreeSet<String> names = new TreeSet<>(tables.state().keyspaces().keySet());
        if (withSystem) {
            names.addAll(SYSTEM_SCHEMAS);
        }
        LikePattern like = new LikePattern(show.like());
        List<List<SqlValue>> rows = new ArrayList<>();
        for (String name : names) {
            if (like.matches(name)) {
                rows.add(List.of(SqlValue.varchar(name)));
            }
        }
        return new Primitive.Rows(List.of("Database"), rows);
    }

    private Primitive vindexes() {
        VSchemaListing listing = new VSchemaListing(tables.state().vschema());
        TableName table = show.table();
        if (table == null) {
            return listing.vindexes();
        }
        return listing.vindexesOf(keyspace(table.keyspace()), table.name());
    }

    /** What each shard's MySQL has executed. */
    private Primitive gtidExecuted(String keyspace) {
        KeyspaceState owner = tables.state().keyspace(keyspace);
        List<Primitive> shards = new ArrayList<>();
        for (ShardRef shard : owner.shards(tables.target().type()).shards()) {
            String sql = "select '" + keyspace + "' as db_name, @@global.gtid_executed as gtid_executed, '"
                    + shard.name() + "' as shard from dual";
            Routing routing = Routing.byDestination(keyspace, owner.sharded(), new ShardTarget.Shard(shard.name()));
            shards.add(new Primitive.Send(routing, QueryText.of(sql), false, true, List.of()));
        }
        return new Primitive.Concatenate(shards);
    }

    private Primitive anyShard() {
        TableName table = show.table();
        String named = show.database() != null ? show.database() : table == null ? null : table.keyspace();
        boolean system = Tables.isSystemSchema(named);
        if (named == null && tables.target().keyspace() == null && table != null && !isProgram()) {
            TableVSchema known = tables.source(table).table();
            named = known == null ? null : known.keyspace();
        }
        String keyspace = needsKeyspace() ? keyspace(system ? null : named) : Planner.anyKeyspace(tables);
        KeyspaceState owner = tables.state().keyspace(keyspace);
        Show sent = system
                ? show
                : new Show(
                        show.kind(),
                        show.scope(),
                        show.full(),
                        show.extended(),
                        table == null ? null : tableName(table),
                        show.kind() == ShowKind.CREATE_DATABASE ? show.database() : null,
                        show.like(),
                        where(keyspace),
                        show.argument(),
                        show.text());
        Routing routing = Routing.byDestination(keyspace, owner.sharded(), ShardTarget.ANY);
        Primitive send = new Primitive.Send(routing, SentText.text(sent), false, true, List.of());
        if (show.kind() != ShowKind.TABLES || system) {
            return send;
        }
        return new Primitive.RenameFields(List.of("Tables_in_" + keyspace), List.of(0), send);
    }

    /** The column that is Tables_in_customer for the client is Tables_in_vt_customer for the tablet. */
    private @Nullable Expr where(String keyspace) {
        if (show.where() == null || show.kind() != ShowKind.TABLES) {
            return show.where();
        }
        return new Rewriter() {
            @Override
            public Expr expr(Expr expr) {
                boolean renamed =
                        expr instanceof Expr.Column column && column.name().equalsIgnoreCase("Tables_in_" + keyspace);
                return renamed ? Expr.Column.of("Tables_in_" + DATABASE_PREFIX + keyspace) : super.expr(expr);
            }
        }.expr(show.where());
    }

    private TableName tableName(TableName table) {
        if (isProgram()) {
            return TableName.of(table.name());
        }
        TableSource source = tables.source(table);
        return TableName.of(
                source.table() == null ? table.name() : source.table().name());
    }

    /** Whether what is named is no table, or a view, of which the VSchema need not know. */
    private boolean isProgram() {
        return switch (show.kind()) {
            case CREATE_PROCEDURE, CREATE_FUNCTION, CREATE_TRIGGER, CREATE_EVENT, CREATE_VIEW -> true;
            default -> false;
        };
    }

    private boolean needsKeyspace() {
        return switch (show.kind()) {
            case TABLES, COLUMNS, INDEX, CREATE_TABLE, CREATE_VIEW, CREATE_DATABASE, TABLE_STATUS, TRIGGERS, EVENTS ->
                true;
            default -> false;
        };
    }

    /**
     * The keyspace that is named, else the session's.
     *
     * @throws io.vtsphere.vterrors.VtException VT09005 when there is neither, VT05003 when it is unknown
     */
    private String keyspace(@Nullable String named) {
        String keyspace = named != null ? named : tables.target().keyspace();
        if (keyspace == null) {
            throw VtError.VT09005.with();
        }
        ServingState state = tables.state();
        String routed = state.vschema().routedKeyspace(keyspace, tables.target().type());
        return state.keyspace(routed).name();
    }
}
