package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.executor.gather.GatheredColumn;
import io.vtsphere.executor.gather.GatheredRows;
import io.vtsphere.executor.rows.Cells;
import io.vtsphere.planner.GatheredTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The rows that a statement has gathered so far, within what it may hold. Belongs to its session thread. */
final class GatheredTables {
    private final Map<String, GatheredRows> gathered;
    private final GatherDefinitions definitions;
    private final GatherOwnFields own;
    private final ShardRun shards;
    private long rows;
    private long bytes;

    /** Values do not come as the definition of their table, which others had asked for, would have them. */
    static final class OutOfDate extends RuntimeException {
        private static final long serialVersionUID = 1;

        private OutOfDate() {
            super(null, null, false, false);
        }
    }

    /** @param gathered takes the rows by what the query calls them */
    GatheredTables(
            Map<String, GatheredRows> gathered, GatherDefinitions definitions, GatherOwnFields own, ShardRun shards) {
        this.gathered = gathered;
        this.definitions = definitions;
        this.own = own;
        this.shards = shards;
    }

    /** The rows by what the query calls them. */
    Map<String, GatheredRows> rows() {
        return gathered;
    }

    /**
     * Takes the results of reads.
     *
     * @param answers of those reads that reach a shard
     * @throws OutOfDate when values come otherwise than a remembered definition has them
     * @throws io.vtsphere.vterrors.VtException 1153 when there are too many
     */
    void take(List<GatherReads.TableRead> reads, List<Supplier<List<StatementResult>>> answers) {
        int next = 0;
        for (GatherReads.TableRead read : reads) {
            List<StatementResult> results =
                    read.read() == null ? List.of() : answers.get(next++).get();
            List<Query.Row> found = new ArrayList<>();
            for (StatementResult result : results) {
                describe(read, result.fields());
                found.addAll(result.rows());
            }
            take(read.table().name(), new GatheredRows(read.columns(), found), found);
        }
    }

    /** @param held the rows in memory */
    void take(String name, GatheredRows found, List<Query.Row> held) {
        rows += held.size();
        bytes += Cells.bytes(held);
        shards.requireRoom(rows, bytes);
        gathered.put(name, found);
    }

    /** Has only these rows of a table for now, which do not count as held. */
    GatheredRows takeForNow(GatherReads.TableRead read, PulledRows.Batch batch) {
        describe(read, batch.fields());
        require(batch.rows().size(), Cells.bytes(batch.rows()));
        GatheredRows some = new GatheredRows(read.columns(), batch.rows());
        gathered.put(read.table().name(), some);
        return some;
    }

    /** @throws io.vtsphere.vterrors.VtException 1153 when there is no room for so much besides */
    void require(long moreRows, long moreBytes) {
        shards.requireRoom(rows + moreRows, bytes + moreBytes);
    }

    /** What a shard said of the columns that it gave. */
    private void describe(GatherReads.TableRead read, List<Query.Field> fields) {
        GatheredTable table = read.table();
        List<GatheredColumn> columns = read.columns();
        if (!definitions.fits(table, columns, fields) && definitions.isRemembered()) {
            throw new OutOfDate();
        }
        if (!table.distinct()) { // MySQL leaves keys out of what goes through a table of its own
            own.ofTable(table.name(), columns, fields);
        }
    }
}
