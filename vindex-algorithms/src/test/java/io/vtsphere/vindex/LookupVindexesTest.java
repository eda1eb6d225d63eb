package io.vtsphere.vindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vindex.VindexQueries.CommitOrder;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.State;
import io.vtsphere.vterrors.VtException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The statements of the lookup types, and what they make of the answers. */
class LookupVindexesTest {
    private static final VindexRegistry REGISTRY = VindexRegistry.load();
    private static final KeyspaceId ID = KeyspaceId.ofHex("166b40b44aba4bd6");
    private static final SqlValue STORED = SqlValue.varbinary(ID.bytes());

    private final FakeQueries queries = new FakeQueries();

    private static LookupVindex lookup(String type, String... params) {
        Map<String, String> map = new HashMap<>(Map.of("table", "t", "from", "f", "to", "k"));
        for (int i = 0; i < params.length; i += 2) {
            map.put(params[i], params[i + 1]);
        }
        return (LookupVindex) REGISTRY.create(type, type, map);
    }

    @ParameterizedTest
    @CsvSource({
        "lookup,false,20,true,true",
        "lookup_unique,true,10,true,true",
        "lookup_hash,false,20,true,false",
        "lookup_hash_unique,true,10,true,true",
        "lookup_unicodeloosemd5_hash,false,20,false,false",
        "lookup_unicodeloosemd5_hash_unique,true,10,false,true",
        "consistent_lookup,false,20,true,true",
        "consistent_lookup_unique,true,10,true,true",
        "lookup_cost,false,5,true,true"
    })
    void properties(String type, boolean unique, int cost, boolean planable, boolean reportsBackfilling) {
        LookupVindex vindex = lookup(type, "write_only", "true", "nonsense", "1");
        assertThat(vindex.type()).isEqualTo(type);
        assertThat(vindex.unique()).isEqualTo(unique);
        assertThat(vindex.cost()).isEqualTo(cost);
        assertThat(vindex.planable()).isEqualTo(planable);
        assertThat(vindex.backfilling()).isEqualTo(reportsBackfilling);
        assertThat(lookup(type).backfilling()).isFalse();
        assertThat(vindex.needsVCursor()).isTrue();
        assertThat(vindex.unknownParams()).containsExactly("nonsense");
        assertThat(vindex.map(queries, List.of(SqlValue.int64(1), SqlValue.NULL)))
                .containsExactly(KeyRange.complete(), KeyRange.complete());
        assertThat(vindex.verify(queries, List.of(SqlValue.int64(1)), List.of(ID)))
                .containsExactly(true);
        assertThat(queries.log()).isEmpty();
    }

    @Test
    void unknownParams_dependOnTheType() {
        assertThat(lookup("lookup_hash", "no_verify", "x").unknownParams()).containsExactly("no_verify");
        assertThat(lookup("consistent_lookup", "autocommit", "x", "multi_shard_autocommit", "x", "no_verify", "x")
                        .unknownParams())
                .containsExactly("autocommit", "multi_shard_autocommit", "no_verify");
        assertThat(lookup("lookup_cost", "cost", "7").unknownParams()).containsExactly("cost");
        assertThat(lookup("lookup_cost", "cost", "7").cost()).isEqualTo(7);
        assertThat(lookup("lookup_cost", "cost", "x").cost()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        "lookup,autocommit,autocommit value must be 'true' or 'false': 'TRUE'",
        "lookup,write_only,write_only value must be 'true' or 'false': 'TRUE'",
        "lookup,no_verify,no_verify value must be 'true' or 'false': 'TRUE'",
        "consistent_lookup,ignore_nulls,ignore_nulls value must be 'true' or 'false': 'TRUE'",
        "lookup_hash,batch_lookup,batch_lookup value must be 'true' or 'false': 'TRUE'",
        "lookup_unique,read_lock,invalid read_lock value: TRUE"
    })
    void badParameter_isRefused(String type, String param, String message) {
        assertThatThrownBy(() -> lookup(type, param, "TRUE"))
                .hasMessage(message)
                .extracting(e -> ((VtException) e).code())
                .isEqualTo(Code.INVALID_ARGUMENT);
    }

    @Test
    void map_numbers_askOnceAndMatchByText() {
        queries.answer(
                List.of(SqlValue.uint64(2), SqlValue.varbinary(new byte[] {2})),
                List.of(SqlValue.uint64(1), STORED),
                List.of(SqlValue.uint64(2), SqlValue.varbinary(new byte[] {3})));
        List<SqlValue> ids = List.of(SqlValue.int64(1), SqlValue.int64(2), SqlValue.int64(3), SqlValue.varchar("1"));
        assertThat(lookup("lookup").map(queries, ids))
                .hasToString("[DestinationKeyspaceIDs(166b40b44aba4bd6), DestinationKeyspaceIDs(02,03),"
                        + " DestinationNone(), DestinationKeyspaceIDs(166b40b44aba4bd6)]");
        assertThat(queries.log())
                .containsExactly("VindexLookup NORMAL select f, k from t where f in ::f"
                        + " {f=[INT64(1), INT64(2), INT64(3), VARCHAR(\"1\")]}");
    }

    @Test
    void map_texts_askOneByOneAndTrustTheTable() {
        queries.answer(List.of(SqlValue.varchar("A"), STORED)).answer();
        assertThat(lookup("lookup_unique").map(queries, List.of(SqlValue.varchar("a"), SqlValue.varchar("b"))))
                .containsExactly(ID, None.INSTANCE);
        assertThat(queries.log())
                .containsExactly(
                        "VindexLookup NORMAL select f, k from t where f in ::f {f=[VARCHAR(\"a\")]}",
                        "VindexLookup NORMAL select f, k from t where f in ::f {f=[VARCHAR(\"b\")]}");
    }

    @Test
    void map_textsInABatch_matchByText() {
        queries.answer(List.of(SqlValue.varchar("A"), STORED));
        assertThat(lookup("lookup_unique", "batch_lookup", "true")
                        .map(queries, List.of(SqlValue.varchar("a"), SqlValue.varchar("A"))))
                .containsExactly(None.INSTANCE, ID);
        assertThat(queries.log()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"exclusive,' for update'", "shared,' lock in share mode'", "none,''"})
    void map_inAChangingTransaction_locks(String lock, String suffix) {
        queries.inTransactionAndIsDml = true;
        lookup("lookup", "read_lock", lock).map(queries, List.of(SqlValue.int64(1)));
        assertThat(queries.log())
                .containsExactly("VindexLookup NORMAL select f, k from t where f in ::f" + suffix + " {f=[INT64(1)]}");
    }

    @Test
    void map_commitOrder_followsTypeAndStatement() {
        lookup("lookup", "autocommit", "true").map(queries, List.of(SqlValue.int64(1)));
        lookup("consistent_lookup").map(queries, List.of(SqlValue.int64(1)));
        queries.lookupSession = CommitOrder.POST;
        lookup("consistent_lookup_unique").map(queries, List.of(SqlValue.int64(1)));
        assertThat(queries.log())
                .extracting(call -> call.split(" ", 3)[1])
                .containsExactly("AUTOCOMMIT", "PRE", "POST");
    }

    @Test
    void map_oneNull_goesEverywhereWhereNullsAreIgnored() {
        assertThat(lookup("lookup", "ignore_nulls", "true").map(queries, List.of(SqlValue.NULL)))
                .containsExactly(KeyRange.complete());
        assertThat(queries.log()).isEmpty();
        lookup("lookup_unique", "ignore_nulls", "true").map(queries, List.of(SqlValue.NULL));
        lookup("lookup").map(queries, List.of(SqlValue.NULL));
        assertThat(queries.log()).hasSize(2);
        assertThat(lookup("lookup").map(queries, List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "lookup_unique,Lookup.Map,INT64(1)",
        "consistent_lookup_unique,Lookup.Map,INT64(1)",
        "lookup_hash_unique,LookupHash.Map,INT64(1)",
        "lookup_unicodeloosemd5_hash_unique,LookupUnicodeLooseMD5HashUnique.Map,UINT64(1472608112194674795)"
    })
    void map_severalRowsForAUniqueId_isAnError(String type, String prefix, String id) {
        SqlValue value = type.startsWith("lookup_unicode") ? SqlValue.int64(30) : SqlValue.int64(1);
        SqlValue key = type.startsWith("lookup_unicode") ? SqlValue.uint64(1472608112194674795L) : value;
        queries.answer(List.of(key, SqlValue.uint64(1)), List.of(key, SqlValue.uint64(2)));
        assertThatThrownBy(() -> lookup(type).map(queries, List.of(value)))
                .isInstanceOf(VtException.class)
                .hasMessage(prefix + ": unexpected multiple results from vindex t: " + id);
    }

    @Test
    void map_hashTypes_dropWhatIsNoNumber() {
        SqlValue one = SqlValue.int64(1);
        queries.answer(List.of(one, SqlValue.varchar("x")), List.of(one, SqlValue.uint64(1)));
        assertThat(lookup("lookup_hash").map(queries, List.of(one))).containsExactly(new KeyspaceIds(List.of(ID)));
        queries.answer(List.of(one, SqlValue.varchar("x")));
        assertThat(lookup("lookup_hash_unique").map(queries, List.of(one))).containsExactly(None.INSTANCE);
    }

    @Test
    void map_failingQuery_isPrefixed() {
        queries.fail(VtException.of(Code.UNAVAILABLE, "gone"));
        assertThatThrownBy(() -> lookup("lookup").map(queries, List.of(SqlValue.int64(1))))
                .hasMessage("lookup.Map: gone")
                .extracting(e -> ((VtException) e).code())
                .isEqualTo(Code.UNAVAILABLE);
    }

    @Test
    void verify_asksPerId() {
        queries.answer(List.of(SqlValue.int64(1))).answer();
        assertThat(lookup("lookup").verify(queries, List.of(SqlValue.int64(1), SqlValue.int64(2)), List.of(ID, ID)))
                .containsExactly(true, false);
        lookup("lookup_hash", "autocommit", "true").verify(queries, List.of(SqlValue.int64(1)), List.of(ID));
        lookup("consistent_lookup").verify(queries, List.of(SqlValue.int64(1)), List.of(ID));
        String bytes = STORED.toString();
        assertThat(queries.log())
                .containsExactly(
                        "VindexVerify NORMAL select f from t where f = :f and k = :k {f=INT64(1), k=" + bytes + "}",
                        "VindexVerify NORMAL select f from t where f = :f and k = :k {f=INT64(2), k=" + bytes + "}",
                        "VindexVerify AUTOCOMMIT select f from t where f = :f and k = :k {f=INT64(1), k=UINT64(1)}",
                        "VindexVerify PRE select f from t where f = :f and k = :k {f=INT64(1), k=" + bytes + "}");
        assertThat(lookup("lookup", "no_verify", "true").verify(queries, List.of(SqlValue.int64(1)), List.of(ID)))
                .containsExactly(true);
        assertThat(queries.log()).hasSize(4);
    }

    @Test
    void create_severalRows_areSortedByBytes() {
        LookupVindex vindex = lookup("lookup", "from", " a , b ");
        vindex.create(
                queries,
                List.of(
                        List.of(SqlValue.varchar("b"), SqlValue.int64(1)),
                        List.of(SqlValue.varchar("a"), SqlValue.int64(9)),
                        List.of(SqlValue.varchar("a"), SqlValue.int64(10))),
                List.of(KeyspaceId.ofHex("41"), KeyspaceId.ofHex("42"), KeyspaceId.ofHex("43")),
                false);
        assertThat(queries.log())
                .containsExactly("VindexCreate NORMAL rollback insert into t(a, b, k) values(:a_0, :b_0, :k_0),"
                        + " (:a_1, :b_1, :k_1), (:a_2, :b_2, :k_2)"
                        + " {a_0=VARCHAR(\"a\"), a_1=VARCHAR(\"a\"), a_2=VARCHAR(\"b\"), b_0=INT64(10), b_1=INT64(9),"
                        + " b_2=INT64(1), k_0=VARBINARY(\"C\"), k_1=VARBINARY(\"B\"), k_2=VARBINARY(\"A\")}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lookup        | autocommit | AUTOCOMMIT rollback insert ignore into t(f, k) values(:f_0, :k_0) on duplicate key update f=values(f), k=values(k)",
                "lookup_unique | autocommit | AUTOCOMMIT rollback insert ignore into t(f, k) values(:f_0, :k_0)",
                "lookup        | multi_shard_autocommit | AUTOCOMMIT rollback insert /*vt+ MULTI_SHARD_AUTOCOMMIT=1 */ ignore into t(f, k) values(:f_0, :k_0) on duplicate key update f=values(f), k=values(k)",
                "consistent_lookup | autocommit | PRE rollback insert ignore into t(f, k) values(:f_0, :k_0)",
            })
    void create_variants(String type, String param, String call) {
        lookup(type, param, "true")
                .create(queries, List.of(List.of(SqlValue.int64(1))), List.of(KeyspaceId.ofHex("41")), true);
        assertThat(queries.log()).containsExactly("VindexCreate " + call + " {f_0=INT64(1), k_0=VARBINARY(\"A\")}");
    }

    @Test
    void create_nulls_areIgnoredOrRefused() {
        List<List<SqlValue>> rows =
                List.of(List.of(SqlValue.int64(1), SqlValue.int64(2)), List.of(SqlValue.int64(3), SqlValue.NULL));
        LookupVindex strict = lookup("lookup", "from", "a,b");
        assertThatThrownBy(() -> strict.create(queries, rows, List.of(ID, ID), false))
                .hasMessage("VT03028: Column 'a,b' cannot be null on row 1, col 1");
        lookup("lookup", "from", "a,b", "ignore_nulls", "true").create(queries, rows, List.of(ID, ID), false);
        lookup("lookup", "from", "a,b", "ignore_nulls", "true").create(queries, rows.subList(1, 2), List.of(ID), false);
        assertThat(queries.log()).hasSize(1);
        assertThat(queries.log().get(0)).contains("values(:a_0, :b_0, :k_0) {");
    }

    @Test
    void columnCount_mustMatch() {
        LookupVindex vindex = lookup("lookup", "from", "a,b");
        List<SqlValue> row = List.of(SqlValue.int64(1));
        String message = "VT03030: lookup column count does not match value count with the row (columns, count):"
                + " ([a b], 1)";
        assertThatThrownBy(() -> vindex.create(queries, List.of(row), List.of(ID), false))
                .hasMessage(message);
        assertThatThrownBy(() -> vindex.delete(queries, List.of(row), ID)).hasMessage(message);
    }

    @Test
    void delete_asksPerRow_andNotAtAllWithAutocommit() {
        LookupVindex vindex = lookup("lookup_hash", "from", "a,b");
        List<List<SqlValue>> rows =
                List.of(List.of(SqlValue.int64(1), SqlValue.int64(2)), List.of(SqlValue.int64(3), SqlValue.NULL));
        vindex.delete(queries, rows, ID);
        lookup("lookup", "from", "a,b", "autocommit", "true").delete(queries, rows, ID);
        vindex.delete(queries, List.of(), ID);
        String sql = "VindexDelete NORMAL rollback delete from t where a = :a and b = :b and k = :k";
        assertThat(queries.log())
                .containsExactly(
                        sql + " {a=INT64(1), b=INT64(2), k=UINT64(1)}", sql + " {a=INT64(3), b=NULL, k=UINT64(1)}");
    }

    @Test
    void update_deletesThenCreates() {
        lookup("lookup_unicodeloosemd5_hash")
                .update(queries, List.of(SqlValue.int64(10)), ID, List.of(SqlValue.int64(30)));
        assertThat(queries.log())
                .containsExactly(
                        "VindexDelete NORMAL rollback delete from t where f = :f and k = :k"
                                + " {f=UINT64(17563797831108199066), k=UINT64(1)}",
                        "VindexCreate NORMAL rollback insert into t(f, k) values(:f_0, :k_0)"
                                + " {f_0=UINT64(1472608112194674795), k_0=UINT64(1)}");
    }

    @Test
    void unicodeHash_invalidText_saysWhere() {
        LookupVindex vindex = lookup("lookup_unicodeloosemd5_hash");
        List<SqlValue> bad = List.of(SqlValue.varbinary(new byte[] {(byte) 0xff}));
        String text = "cannot normalize string containing invalid UTF-8: \"\\xff\"";
        assertThatThrownBy(() -> vindex.create(queries, List.of(bad), List.of(ID), false))
                .hasMessage("lookup.Create.convert: " + text);
        assertThatThrownBy(() -> vindex.delete(queries, List.of(bad), ID)).hasMessage("lookup.Delete.convert: " + text);
        assertThatThrownBy(() -> vindex.update(queries, bad, ID, bad)).hasMessage("lookup.Update.convert: " + text);
        assertThatThrownBy(() -> vindex.map(queries, bad)).hasMessage(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lookup", "consistent_lookup"})
    void query_isTheUnlockedSelect(String type) {
        LookupQuery query =
                lookup(type, "table", "ks.t", "batch_lookup", "true").query();
        assertThat(query.sql()).isEqualTo("select f, k from ks.t where f in ::f");
        assertThat(query.argument()).isEqualTo("f");
        assertThat(query.batch()).isTrue();
        assertThat(query.autocommit()).isFalse();
        assertThat(query.commitOrder()).isEqualTo(type.equals("lookup") ? CommitOrder.NORMAL : CommitOrder.PRE);
        assertThat(lookup("lookup", "multi_shard_autocommit", "true").query().autocommit())
                .isTrue();
    }

    @Test
    void missingTable_givesStatementsThatFail() {
        LookupVindex vindex = (LookupVindex) REGISTRY.create("lookup", "l", Map.of());
        vindex.map(queries, List.of(SqlValue.int64(1)));
        assertThat(queries.log()).containsExactly("VindexLookup NORMAL select ,  from  where  in :: {=[INT64(1)]}");
    }

    // consistent lookups

    private static final VtException DUPLICATE =
            VtException.of(Code.ALREADY_EXISTS, "Duplicate entry '1' for key 'PRIMARY' (errno 1062) (sqlstate 23000)");

    private static LookupVindex consistent(String ownerTable) {
        return lookup("consistent_lookup_unique", "from", "a,b")
                .withOwner(new LookupOwner("ks", ownerTable, List.of("x", "y")));
    }

    private static final List<SqlValue> ROW = List.of(SqlValue.int64(1), SqlValue.int64(2));
    private static final String VARS = " {a=INT64(1), b=INT64(2), k=VARBINARY(\"N\")}";
    private static final KeyspaceId NEW_ID = KeyspaceId.ofHex("4e");
    private static final String INSERT_FIRST = "VindexCreate PRE rollback insert into t(a, b, k)"
            + " values(:a_0, :b_0, :k_0) {a_0=INT64(1), b_0=INT64(2), k_0=VARBINARY(\"N\")}";
    private static final String LOCK_ENTRY =
            "VindexCreate PRE select k from t where a = :a and b = :b for update" + VARS;

    private static String lockOwner(String ksid, String table) {
        return "ks/" + ksid + " select x from " + table + " where x = :a and y = :b lock in share mode" + VARS;
    }

    @Test
    void consistentCreate_entryGone_insertsAgain() {
        queries.fail(DUPLICATE).answer();
        consistent("owner").create(queries, List.of(ROW), List.of(NEW_ID), false);
        assertThat(queries.log())
                .containsExactly(
                        INSERT_FIRST,
                        LOCK_ENTRY,
                        "VindexCreate PRE rollback insert into t(a, b, k) values(:a, :b, :k)" + VARS);
    }

    /** A row without an entry beside one whose entry was left behind. */
    @Test
    void consistentCreate_entryGone_passesOverNulls() {
        List<SqlValue> nothing = List.of(SqlValue.NULL, SqlValue.int64(2));
        queries.fail(DUPLICATE).answer();
        lookup("consistent_lookup_unique", "from", "a,b", "ignore_nulls", "true")
                .withOwner(new LookupOwner("ks", "owner", List.of("x", "y")))
                .create(queries, List.of(nothing, ROW, nothing), List.of(NEW_ID, NEW_ID, NEW_ID), false);
        assertThat(queries.log())
                .containsExactly(
                        INSERT_FIRST,
                        LOCK_ENTRY,
                        "VindexCreate PRE rollback insert into t(a, b, k) values(:a, :b, :k)" + VARS);
    }

    @Test
    void consistentCreate_ownerRowGone_takesTheEntryOver() {
        queries.fail(DUPLICATE)
                .answer(List.of(SqlValue.varbinary(new byte[] {0x4f})))
                .answer();
        consistent("order").create(queries, List.of(ROW), List.of(NEW_ID), false);
        assertThat(queries.log())
                .containsExactly(
                        INSERT_FIRST,
                        LOCK_ENTRY,
                        lockOwner("4f", "`order`"),
                        "VindexCreate PRE rollback update t set k=:k where a = :a and b = :b" + VARS);
    }

    @Test
    void consistentCreate_ownerRowGoneAndSameId_isDone() {
        queries.fail(DUPLICATE)
                .answer(List.of(SqlValue.varbinary(new byte[] {0x4e})))
                .answer();
        consistent("my-table").create(queries, List.of(ROW), List.of(NEW_ID), false);
        assertThat(queries.log()).containsExactly(INSERT_FIRST, LOCK_ENTRY, lockOwner("4e", "`my-table`"));
    }

    @Test
    void consistentCreate_ownerRowExists_isTheDuplicate() {
        queries.fail(DUPLICATE)
                .answer(List.of(SqlValue.varbinary(new byte[] {0x4f})))
                .answer(List.of(SqlValue.int64(1)));
        assertThatThrownBy(() -> consistent("owner").create(queries, List.of(ROW), List.of(NEW_ID), false))
                .hasMessage("lookup.Create: " + DUPLICATE.getMessage())
                .extracting(e -> ((VtException) e).errno())
                .isEqualTo(1062);
    }

    @Test
    void consistentCreate_sameRowTwice_isTheDuplicate() {
        queries.fail(DUPLICATE).answer();
        assertThatThrownBy(() -> consistent("owner").create(queries, List.of(ROW, ROW), List.of(NEW_ID, NEW_ID), false))
                .hasMessage("lookup.Create: " + DUPLICATE.getMessage());
    }

    @Test
    void consistentCreate_severalEntries_areUnexpected() {
        queries.fail(DUPLICATE).answer(List.of(SqlValue.int64(1)), List.of(SqlValue.int64(2)));
        assertThatThrownBy(() -> consistent("owner").create(queries, List.of(ROW), List.of(NEW_ID), false))
                .hasMessage("unexpected rows: [[INT64(1)] [INT64(2)]] from consistent lookup vindex");
    }

    @Test
    void consistentCreate_otherErrors_areNotResolved() {
        VtException rolledBack = VtException.of(
                Code.ABORTED,
                State.UNDEFINED,
                DUPLICATE.getMessage() + ": transaction rolled back to reverse changes of partial DML execution");
        queries.fail(rolledBack).fail(VtException.of(Code.UNKNOWN, "other"));
        assertThatThrownBy(() -> consistent("owner").create(queries, List.of(ROW), List.of(NEW_ID), false))
                .hasMessage("lookup.Create: " + rolledBack.getMessage());
        assertThatThrownBy(() -> consistent("owner").create(queries, List.of(ROW), List.of(NEW_ID), false))
                .hasMessage("lookup.Create: other");
        assertThat(queries.log()).hasSize(2);
    }

    @Test
    void consistentUpdate_sameValues_doesNothing() {
        consistent("owner").update(queries, ROW, NEW_ID, ROW);
        assertThat(queries.log()).isEmpty();
        consistent("owner").update(queries, ROW, NEW_ID, List.of(SqlValue.int64(1), SqlValue.int64(3)));
        assertThat(queries.log())
                .containsExactly(
                        "VindexDelete POST rollback delete from t where a = :a and b = :b and k = :k" + VARS,
                        INSERT_FIRST.replace("INT64(2)", "INT64(3)"));
    }

    @Test
    void withOwner_otherColumnCount_isRefused() {
        assertThatThrownBy(() -> lookup("consistent_lookup").withOwner(new LookupOwner("ks", "t", List.of("a", "b"))))
                .hasMessage("VT03029: column count does not match value count with the row for vindex"
                        + " 'consistent_lookup'");
        LookupVindex plain = lookup("lookup");
        assertThat(plain.withOwner(new LookupOwner("ks", "t", List.of("a", "b"))))
                .isSameAs(plain);
    }
}
