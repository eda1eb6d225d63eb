package io.vtsphere.planner;

import io.vtsphere.sql.ast.Statement;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.topo.TabletType;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One step of a plan. A plan is a tree of these; rows flow from the leaves to the root.
 *
 * <p>All are immutable and thread-safe: one plan runs in many sessions at once.
 */
public sealed interface Primitive {

    /** A step that takes the rows of others. */
    sealed interface Inner extends Primitive {
        List<Primitive> inputs();
    }

    /** A step that takes the rows of one other. */
    sealed interface OneInput extends Inner {
        Primitive input();

        @Override
        default List<Primitive> inputs() {
            return List.of(input());
        }
    }

    /**
     * A read: the same query to every shard of the routing, their rows one after the other or merged.
     *
     * <p>Runtime work of a single-shard route: value, vindex, shard, send {@link #query()}.
     *
     * @param fieldQuery gives the columns without a row, for when no shard is reached or only the columns are asked for; its bind
     *     variables are among those of the query
     * @param orderBy when not empty and several shards answer, each shard's rows are sorted by these keys and are to be merged by them
     * @param resultColumns the number of leading columns that the client sees; 0 for all; negative for all but so many of the last ones.
     *     The others serve {@code orderBy}
     * @param rowWithoutInput whether the query gives rows even where no table has one ({@code count(*)}): when the routing reaches no shard
     *     the query is then sent to any one
     * @param tables the tables as {@code keyspace.table}
     * @param schemaNames for {@link Opcode#DBA}: the value that is compared with a schema name, if any; the query then reads it from bind
     *     variable {@code __vtschemaname}. When it names a keyspace, the query goes to that keyspace, and bind variable
     *     {@code __replacevtschemaname} = 1 asks the tablet to put its database's name there
     */
    record Route(
            Routing routing,
            QueryText query,
            String fieldQuery,
            List<OrderKey> orderBy,
            int resultColumns,
            boolean rowWithoutInput,
            List<String> tables,
            List<RouteValue> schemaNames)
            implements Primitive {
        public Route {
            orderBy = List.copyOf(orderBy);
            tables = List.copyOf(tables);
            schemaNames = List.copyOf(schemaNames);
        }
    }

    /**
     * A read whose shards a lookup table tells: the table is asked first, then the read goes to the shards of the keyspace ids found.
     *
     * @param routing a {@link io.vtsphere.vindex.LookupVindex} and the value, or the list of values, of its first column
     * @param lookup asks the table; its bind variable, a list, has the name of the vindex' first column there
     * @param route the read; every shard gets all values as {@code ::__vals}
     */
    record VindexLookup(Routing routing, Route lookup, Route route) implements Inner {
        @Override
        public List<Primitive> inputs() {
            return List.of(lookup, route);
        }
    }

    /**
     * A statement passed on as it is to the shards that are named: by the target of the session, or DDL and administration.
     *
     * @param dml whether it writes rows, and so belongs into the session's transaction
     * @param singleShardOnly whether reaching several shards is an error
     */
    record Send(Routing routing, QueryText query, boolean dml, boolean singleShardOnly, List<String> tables)
            implements Primitive {
        public Send {
            tables = List.copyOf(tables);
        }
    }

    /**
     * INSERT or REPLACE.
     *
     * <p>Sharded: the values of each row of every {@link VindexRows} are evaluated, rows are grouped by the shard of their primary vindex
     * (the first one), and each shard gets {@code prefix + its rows joined by ", " + suffix}, with bind variable {@code _<column>_<row>} set
     * to the value of every vindex column of the rows it gets. A row that maps nowhere is VT09023; with {@code ignore} it is left out.
     *
     * @param routing {@link Opcode#UNSHARDED}, {@link Opcode#REFERENCE} (all shards get everything), {@link Opcode#EQUAL_UNIQUE} for
     *     sharded tables (its values are those of {@code vindexes}), or BY_DESTINATION for pinned tables
     * @param query the whole statement
     * @param prefix up to and including {@code VALUES}, and a blank; empty where the statement has no rows of its own (INSERT … SELECT)
     * @param rows each row in parentheses
     * @param suffix what follows the rows, with a leading blank, or empty
     * @param vindexes for sharded tables: the primary vindex, then others; otherwise empty
     * @param generate the sequence that gives values for the rows, or null
     * @param ignore INSERT IGNORE or ON DUPLICATE KEY UPDATE
     */
    record Insert(
            Routing routing,
            QueryText query,
            String prefix,
            List<String> rows,
            String suffix,
            List<VindexRows> vindexes,
            @Nullable Generate generate,
            boolean ignore,
            boolean replace,
            String table)
            implements Primitive {
        public Insert {
            rows = List.copyOf(rows);
            vindexes = List.copyOf(vindexes);
        }
    }

    /**
     * INSERT or REPLACE of the rows of a query that lie elsewhere: they are read, and inserted like written ones in the same transaction.
     *
     * @param insert with the query as its source, in whose place the rows are put; is planned again with them
     * @param keyspace of the table
     * @param input the query, which locks what it reads where it can
     */
    record InsertSelect(io.vtsphere.sql.ast.Insert insert, String keyspace, boolean sharded, Primitive input)
            implements OneInput {}

    /**
     * UPDATE or DELETE of rows that a query finds first: it locks them and gives their keys, and each is then written by its key, all in one
     * transaction. The tablets know the primary key; what is planned here is shown, and is what the execution plans anew with that key.
     *
     * @param limited whether the statement has a LIMIT
     * @param input the query
     * @param writes for each target of {@code rows} its write
     */
    record InputWrite(InputRows rows, boolean limited, Primitive input, List<Primitive> writes) implements Inner {
        public InputWrite {
            writes = List.copyOf(writes);
        }

        @Override
        public List<Primitive> inputs() {
            return Stream.concat(Stream.of(input), writes.stream()).toList();
        }
    }

    /**
     * A statement some of whose values a query computes first, in the same transaction.
     *
     * @param names the bind variables that the columns of the query's one row become
     * @param input the query
     */
    record WithValues(List<String> names, Primitive input, Primitive statement) implements Inner {
        public WithValues {
            names = List.copyOf(names);
        }

        @Override
        public List<Primitive> inputs() {
            return List.of(input, statement);
        }
    }

    /**
     * The values of one vindex' columns in the rows of an INSERT.
     *
     * @param columns the vindex' columns, lower case as in the bind names {@code _<column>_<row>}
     * @param rows for each row of the INSERT, one value per column
     */
    record VindexRows(io.vtsphere.vindex.Vindex vindex, List<String> columns, List<List<RouteValue>> rows) {
        public VindexRows {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }
    }

    /**
     * Values of a sequence for the rows of an INSERT. Rows whose value is NULL or converts to 0 take the next value of the sequence, in the
     * order of the rows; the first generated value becomes the insert id. The value of row {@code i} is then bind variable {@code __seq<i>}.
     *
     * @param routing the sequence's keyspace, {@link Opcode#NEXT}
     * @param query asks for {@code :n} values; runs outside the session's transaction and gives the first of them
     * @param values the value of each row
     */
    record Generate(Routing routing, QueryText query, List<RouteValue> values) {
        public Generate {
            values = List.copyOf(values);
        }
    }

    /** UPDATE of the shards of the routing; affected rows add up. */
    record Update(Routing routing, QueryText query, String table) implements Primitive {}

    /** DELETE on the shards of the routing; affected rows add up. */
    record Delete(Routing routing, QueryText query, String table) implements Primitive {}

    /**
     * UPDATE or DELETE of a table that owns lookup vindexes: their entries are changed with the rows, in one transaction.
     *
     * @param owned the rows that will be changed, as they are before
     * @param update whether it is an UPDATE
     */
    record LookupWrite(Routing routing, QueryText query, String table, OwnedRows owned, boolean update)
            implements Primitive {}

    /**
     * What lookup vindexes must know of rows that change.
     *
     * @param query reads the rows and locks them; goes where the statement goes
     * @param primary gives a row's keyspace id from the first {@code primaryColumns} columns
     */
    record OwnedRows(
            QueryText query, io.vtsphere.vindex.Vindex primary, int primaryColumns, List<OwnedLookup> lookups) {
        public OwnedRows {
            lookups = List.copyOf(lookups);
        }
    }

    /**
     * One vindex whose entries change.
     *
     * @param firstColumn of {@link OwnedRows#query()}: where the vindex' values begin
     * @param unchangedColumn the column that is 1 where the new values equal the old ones; -1 when the rows are removed
     * @param newValues for each column of the vindex its new value, or empty where it stays; an empty list when the rows are removed
     */
    record OwnedLookup(
            String name,
            io.vtsphere.vindex.LookupVindex vindex,
            int firstColumn,
            int unchangedColumn,
            List<Optional<RouteValue>> newValues) {
        public OwnedLookup {
            newValues = List.copyOf(newValues);
        }
    }

    /**
     * The first rows of the input.
     *
     * <p>Where there is an offset, the queries below ask for {@code :__upper_limit} rows: bind that to count + offset before running the
     * input.
     *
     * @param count the number of rows; null for no limit (never both null)
     * @param offset the number of rows left out before, or null
     */
    record Limit(@Nullable RouteValue count, @Nullable RouteValue offset, Primitive input) implements OneInput {
        /** The bind variable that holds count + offset for the queries below. */
        public static final String UPPER_LIMIT = "__upper_limit";
    }

    /**
     * Aggregates over partial results, one output row per group; without keys exactly one row, even without input.
     *
     * <p>With keys the input comes sorted by them. An output row is the group's first row with the aggregates put in their places.
     *
     * @param groupBy the keys, ascending; empty for a scalar aggregate
     * @param resultColumns the number of leading columns kept; 0 for all; negative for all but so many of the last ones
     */
    record Aggregate(List<Aggregation> aggregates, List<OrderKey> groupBy, int resultColumns, Primitive input)
            implements OneInput {
        public Aggregate {
            aggregates = List.copyOf(aggregates);
            groupBy = List.copyOf(groupBy);
        }
    }

    /** All rows sorted in memory; rows with equal keys keep their order. */
    record Sort(List<OrderKey> orderBy, int resultColumns, Primitive input) implements OneInput {
        public Sort {
            orderBy = List.copyOf(orderBy);
        }
    }

    /** Each different row once; the first one of equal rows. The keys cover every result column. */
    record Distinct(List<OrderKey> keys, int resultColumns, Primitive input) implements OneInput {
        public Distinct {
            keys = List.copyOf(keys);
        }
    }

    /**
     * A query that no shard answers alone: those rows of its tables that can matter are brought to one tablet, whose MySQL answers it.
     *
     * <p>The tablet gets them as one JSON document a table, which {@code JSON_TABLE} turns back into columns of the table's own types and
     * collations. So comparing, computing and sorting are MySQL's; see docs/adr/0006-rows-are-gathered-on-a-tablet.md.
     *
     * @param routing the tablet: that of an unsharded keyspace, or any one of a keyspace; the tables that are not gathered are whole there
     * @param tables what is gathered, in this order; a later one may be reduced to what an earlier one's rows ask for
     * @param units queries inside the query that are answered first, each by a plan of its own
     * @param query the query over {@link GatheredTable#name()}; each has a placeholder ({@link GatheredTable#placeholder()}) for its rows,
     *     and {@link GatherPlanner#HINT} stands where an optimizer hint goes
     * @param check the query as it was but for {@code LIMIT 0}: its columns and errors are the client's; null where tables of several
     *     keyspaces meet and no tablet knows all of them
     * @param hints the session's {@code SET_VAR} hints, for every query that is asked beside; empty for none
     * @param readsTables whether the query reads tables beside those that are gathered
     * @param origins which columns of the query are columns of gathered rows
     * @param parts how to answer it when the rows are too large for one query, or null
     */
    record Gather(
            Routing routing,
            List<GatheredTable> tables,
            List<GatheredUnit> units,
            QueryText query,
            @Nullable QueryText check,
            String hints,
            boolean readsTables,
            List<GatheredOrigin> origins,
            @Nullable GatherParts parts)
            implements Inner {
        public Gather {
            tables = List.copyOf(tables);
            units = List.copyOf(units);
            origins = List.copyOf(origins);
        }

        /** The plans that gather. */
        @Override
        public List<Primitive> inputs() {
            return Stream.concat(
                            units.stream().map(GatheredUnit::plan),
                            tables.stream().map(GatheredTable::shown))
                    .toList();
        }
    }

    /**
     * A read with another way to carry it out, for when the first one meets values that it cannot merge exactly and is refused: ENUMs, texts
     * without a weight string, branches of a union with other types. Shown as the first.
     */
    record Either(Primitive preferred, Primitive otherwise) implements Inner {
        @Override
        public List<Primitive> inputs() {
            return List.of(preferred);
        }

        /** The step itself, or the preferred one of two. */
        public static Primitive preferred(Primitive step) {
            return step instanceof Either either ? either.preferred() : step;
        }
    }

    /**
     * The rows of at least two reads that go together, in the order of the first; see
     * docs/adr/0012-rows-of-several-reads-are-joined-in-batches.md. Each read is asked for what the rows of earlier ones go together with.
     */
    record Join(List<JoinPart> parts, List<JoinItem> items) implements Inner {
        public Join {
            parts = List.copyOf(parts);
            items = List.copyOf(items);
        }

        @Override
        public List<Primitive> inputs() {
            return parts.stream().map(JoinPart::rows).toList();
        }
    }

    /** The rows of all inputs, in any order of the inputs; column names are those of the first. */
    record Concatenate(List<Primitive> inputs) implements Inner {
        public Concatenate {
            inputs = List.copyOf(inputs);
        }
    }

    /** The rows of the first input; what the second counts is FOUND_ROWS() for the session. */
    record FoundRows(Primitive limited, Primitive count) implements Inner {
        @Override
        public List<Primitive> inputs() {
            return List.of(limited, count);
        }
    }

    /** What the shards say about themselves, as one answer. */
    record Merged(Way way, Primitive input) implements OneInput {
        /** How it becomes one. */
        public enum Way {
            /** Each different row once, byte for byte. */
            EQUAL_ROWS_ONCE,
            /** Rows of keyspace, GTID set and shard become one of the keyspace and all its shards' sets, as a VStream names a position. */
            VGTID
        }
    }

    /** The input with other names for some columns: column {@code indices.get(i)} is called {@code names.get(i)}. */
    record RenameFields(List<String> names, List<Integer> indices, Primitive input) implements OneInput {
        public RenameFields {
            names = List.copyOf(names);
            indices = List.copyOf(indices);
        }
    }

    /**
     * Rows known when the statement was planned: VSchema listings. All columns are NOT NULL; text is in utf8mb3 (charset id 33).
     *
     * @param types of the columns
     */
    record Rows(List<String> columns, List<SqlType> types, List<List<SqlValue>> rows) implements Primitive {
        public Rows {
            columns = List.copyOf(columns);
            types = List.copyOf(types);
            rows = List.copyOf(rows);
        }

        /** Columns of type VARCHAR. */
        Rows(List<String> columns, List<List<SqlValue>> rows) {
            this(columns, Collections.nCopies(columns.size(), SqlType.VARCHAR), rows);
        }
    }

    /** Advisory locks: one call of {@code query} on the session's lock connection; column {@code i} is the result of call {@code i}. */
    record Lock(Routing routing, QueryText query, List<LockCall> calls) implements Primitive {
        public Lock {
            calls = List.copyOf(calls);
        }
    }

    /** One row of values that need no tablet: literals, bind variables and session values. */
    record SessionRow(List<SessionOutput> outputs) implements Primitive {
        public SessionRow {
            outputs = List.copyOf(outputs);
        }
    }

    /**
     * A SHOW that the gate answers from its own live state.
     *
     * @param like the LIKE pattern, or null
     */
    record ShowState(Subject subject, @Nullable String like, TabletType type) implements Primitive {
        /** What is shown; columns as in Vitess' {@code go/vt/vtgate/executor.go} and {@code planbuilder/show.go}. */
        public enum Subject {
            VITESS_TABLETS,
            /** What the MySQL of each replica says of its replication. */
            VITESS_REPLICATION_STATUS,
            VITESS_SHARDS,
            VITESS_TARGET,
            WARNINGS,
            /** {@code SHOW COUNT(*) WARNINGS}. */
            WARNING_COUNT
        }
    }

    /** The plan of another statement as text, one column {@code JSON}. */
    record Explained(Detail detail, Plan plan) implements Primitive {
        /** What of the plan is shown; all but PLAN run it. */
        public enum Detail {
            PLAN,
            QUERIES,
            ALL,
            TRACE
        }
    }

    /**
     * VEXPLAIN KEYS: for what another statement uses which columns.
     *
     * @param json the one value of the result
     */
    record KeysShown(String json) implements Primitive {}

    /** A statement that only the session carries out: SET, USE, transactions, savepoints, KILL … */
    record SessionCommand(Statement statement) implements Primitive {}
}
