package io.vtsphere.distribution.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lookup vindexes of every kind over real MySQLs: rows and entries stay in step, and the gate answers as one MySQL would. */
class LookupVindexesIT {
    private static final String VINDEXES = """
            {"nick_idx": {"type": "lookup_unique", "owner": "member",
               "params": {"table": "customer.nick_idx", "from": "nick", "to": "keyspace_id", "ignore_nulls": "true"}},
             "code_idx": {"type": "lookup_hash_unique", "owner": "member",
               "params": {"table": "commerce.code_idx", "from": "code", "to": "id"}},
             "city_idx": {"type": "lookup", "owner": "member",
               "params": {"table": "customer.city_idx", "from": "city,id", "to": "keyspace_id", "ignore_nulls": "true"}},
             "mail_idx": {"type": "consistent_lookup_unique", "owner": "member",
               "params": {"table": "commerce.mail_idx", "from": "mail", "to": "keyspace_id"}}}
            """;

    private static final String TABLES = """
            {"member": {"column_vindexes": [{"column": "id", "name": "hash"}, {"column": "nick", "name": "nick_idx"},
               {"column": "code", "name": "code_idx"}, {"columns": ["city", "id"], "name": "city_idx"}, {"column": "mail", "name": "mail_idx"}]},
             "nick_idx": {"column_vindexes": [{"column": "nick", "name": "unicode_loose_md5"}]},
             "city_idx": {"column_vindexes": [{"column": "city", "name": "unicode_loose_md5"}]},
             "keyless": {"column_vindexes": [{"column": "id", "name": "hash"}]},
             "keyed": {"column_vindexes": [{"column": "id", "name": "hash"}]},
             "doubled": {"column_vindexes": [{"column": "id", "name": "hash"}, {"column": "k", "name": "binary_md5"}]}}
            """;

    private static final List<String> SHARDED_DDL = List.of(
            "CREATE TABLE `member` (`id` bigint not null, `nick` varchar(30), `code` bigint not null, `city` varchar(30), "
                    + "`mail` varchar(40) not null, `n` int, primary key(`id`), unique key(`code`), unique key(`mail`))",
            "CREATE TABLE `nick_idx` (`nick` varchar(30) not null, `keyspace_id` varbinary(10), primary key(`nick`))",
            "CREATE TABLE `city_idx` (`city` varchar(30) not null, `id` bigint, `keyspace_id` varbinary(10), primary key(`city`, `id`))",
            "CREATE TABLE `keyless` (`id` bigint)",
            "CREATE TABLE `keyed` (`id` bigint, `stamp` timestamp(6), primary key (`id`, `stamp`))",
            "CREATE TABLE `doubled` (`id` bigint primary key, `k` varbinary(10))");

    private static final List<String> UNSHARDED_DDL = List.of(
            "CREATE TABLE `code_idx` (`code` bigint not null, `id` bigint unsigned, primary key(`code`))",
            "CREATE TABLE `mail_idx` (`mail` varchar(40) not null, `keyspace_id` varbinary(10), primary key(`mail`))");

    @TempDir
    static Path directory;

    private static RecordedCluster cluster;
    private static Connection gate;
    private static Statement sql;

    @BeforeAll
    static void start() throws Exception {
        JsonObject setUp = transcript().getAsJsonObject("setup");
        JsonObject keyspaces = setUp.getAsJsonObject("keyspaces");
        JsonObject customer = keyspaces.getAsJsonObject("customer");
        merge(customer.getAsJsonObject("vschema").getAsJsonObject("vindexes"), VINDEXES);
        merge(customer.getAsJsonObject("vschema").getAsJsonObject("tables"), TABLES);
        SHARDED_DDL.forEach(customer.getAsJsonArray("tables_ddl")::add);
        JsonObject commerce = keyspaces.getAsJsonObject("commerce");
        merge(commerce.getAsJsonObject("vschema").getAsJsonObject("tables"), "{\"code_idx\": {}, \"mail_idx\": {}}");
        UNSHARDED_DDL.forEach(commerce.getAsJsonArray("tables_ddl")::add);
        cluster = new RecordedCluster(directory, setUp);
        gate = connect("customer");
        sql = gate.createStatement();
    }

    private static JsonObject transcript() throws Exception {
        try (InputStream file = LookupVindexesIT.class.getResourceAsStream("vtgate-mysql-transcript.json")) {
            return JsonParser.parseReader(new InputStreamReader(Objects.requireNonNull(file), StandardCharsets.UTF_8))
                    .getAsJsonObject();
        }
    }

    private static void merge(JsonObject into, String json) {
        for (Map.Entry<String, JsonElement> entry :
                JsonParser.parseString(json).getAsJsonObject().entrySet()) {
            into.add(entry.getKey(), entry.getValue());
        }
    }

    @AfterAll
    static void stop() throws Exception {
        gate.close();
        cluster.close();
    }

    private static Connection connect(String target) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mysql://127.0.0.1:" + cluster.port() + "/" + target
                        + "?sslMode=DISABLED&allowPublicKeyRetrieval=true",
                "root",
                "");
    }

    private static List<String> column(String query) throws SQLException {
        return column(sql, query);
    }

    private static List<String> column(Statement statement, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    private static List<String> sentFor(String query) throws SQLException {
        // The driver knows no VEXPLAIN.
        assertThat(sql.execute("vexplain queries " + query)).isTrue();
        List<String> sent = new ArrayList<>();
        try (ResultSet queries = sql.getResultSet()) {
            while (queries.next()) {
                sent.add(queries.getString("query"));
            }
        }
        return sent;
    }

    private static List<String> onShard(String shard, String query) throws SQLException {
        try (Connection connection = connect("customer:" + shard);
                Statement statement = connection.createStatement()) {
            return column(statement, query);
        }
    }

    /** Every row has its entries, every entry its row. */
    private static void assertInStep() throws SQLException {
        for (String[] index :
                new String[][] {{"nick", "nick_idx"}, {"code", "commerce.code_idx"}, {"mail", "commerce.mail_idx"}}) {
            assertThat(new TreeSet<>(column("select lower(" + index[0] + ") from " + index[1])))
                    .as(index[1])
                    .isEqualTo(new TreeSet<>(
                            column("select lower(" + index[0] + ") from member where " + index[0] + " is not null")));
        }
        assertThat(new TreeSet<>(column("select concat(city, '/', id) from city_idx")))
                .isEqualTo(new TreeSet<>(column("select concat(city, '/', id) from member where city is not null")));
    }

    private static void insert(long id, String nick, long code, String city) throws SQLException {
        sql.executeUpdate(insertText(id, nick, code, city));
    }

    private static String insertText(long id, String nick, long code, String city) {
        String quoted = city == null ? "null" : "'" + city + "'";
        String nickText = nick == null ? "null" : "'" + nick + "'";
        return "insert into member(id, nick, code, city, mail, n) values (" + id + ", " + nickText + ", " + code + ", "
                + quoted + ", 'm" + code + "@x', 0)";
    }

    @Test
    void whatTheDocumentListsAsMissing_isRefusedByName() throws Exception {
        ListedRefusals listed = ListedRefusals.read();
        List<String> answered = new ArrayList<>();
        for (ListedRefusals.Refusal refusal : listed.statements()) {
            try {
                sql.execute(refusal.sql());
                if (refusal.errno() != 0) {
                    answered.add(refusal.sql() + ": answered");
                }
            } catch (SQLException e) {
                boolean named = e.getErrorCode() == refusal.errno()
                        && e.getMessage().contains(refusal.names())
                        && (refusal.errno() != 1235 || e.getMessage().startsWith("VT12001: unsupported: "));
                if (!named) {
                    answered.add(refusal.sql() + ": " + e.getErrorCode() + " " + e.getMessage());
                }
            }
        }
        assertThat(answered).isEmpty();
        assertThat(ListedRefusals.unshown(listed)).as("rows of the document").isEmpty();
        assertThat(ListedRefusals.unlisted(listed))
                .as("no rows of the document")
                .isEmpty();
        assertThat(ListedRefusals.absentTests(listed)).as("tests").isEmpty();
    }

    @Test
    void rowsOnBothShards_areFoundByEveryVindex() throws SQLException {
        sql.executeUpdate("delete from member");
        insert(1, "Ann", 101, "Rome");
        insert(4, "Bob", 104, "Rome");
        insert(5, "Cid", 105, "Oslo");
        assertThat(onShard("80-", "select id from member")).contains("4");
        assertThat(column("select id from member where nick = 'ANN'")).containsExactly("1");
        assertThat(column("select id from member where nick in ('bob', 'cid', 'dan') order by id"))
                .containsExactly("4", "5");
        assertThat(column("select id from member where code = 104")).containsExactly("4");
        assertThat(column("select id from member where code in (101, 105, 999) order by id desc"))
                .containsExactly("5", "1");
        assertThat(column("select id from member where city = 'rome' order by id"))
                .containsExactly("1", "4");
        assertThat(column("select count(*) from member where city = 'rome'")).containsExactly("2");
        assertThat(column("select count(*) from member where city = 'Nowhere'")).containsExactly("0");
        assertThat(column("select id from member where mail = 'm105@x'")).containsExactly("5");
        assertThat(column("select id from member where mail = 'm105@x' and code = 104"))
                .isEmpty();
        assertThat(column("select id from member where code = 101 union all select id from member where nick = 'bob'"))
                .containsExactlyInAnyOrder("1", "4");
        String join =
                "select b.id from member a join member b on a.city = b.city where a.nick = 'bob' and b.code in (101, 105)";
        assertThat(column(join)).containsExactly("1");
        assertThat(sentFor(join))
                .as("the lookup tables lead to the rows")
                .anyMatch(query -> query.contains("from nick_idx where nick in"))
                .anyMatch(query -> query.contains("from code_idx where `code` in"));
        assertInStep();
    }

    @Test
    void uniqueLookups_keepRowsOfDifferentShardsApart() throws SQLException {
        sql.executeUpdate("delete from member");
        insert(1, "Ann", 101, "Rome");
        for (String text : List.of(
                insertText(4, "ANN", 104, "Oslo"),
                insertText(4, "bob", 101, "Oslo"),
                "insert into member(id, nick, code, city, mail) values (4, 'bob', 104, 'Oslo', 'M101@X')",
                "insert into member(id, nick, code, city, mail) values (5, 'eve', 105, 'Oslo', 'e'), (1, 'fox', 106, 'Oslo', 'f')")) {
            assertThatThrownBy(() -> sql.executeUpdate(text))
                    .as(text)
                    .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getErrorCode())
                            .isEqualTo(1062));
            assertThat(column("select id from member")).as(text).containsExactly("1");
            assertInStep();
        }
        insert(4, "bob", 104, "Oslo");
        assertThatThrownBy(() -> sql.executeUpdate("update member set nick = 'ann' where id = 4"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(1062));
        assertThat(column("select nick from member where code = 104")).containsExactly("bob");
        assertInStep();
    }

    @Test
    void entryThatOutlivedItsRow_isTakenOver() throws SQLException {
        sql.executeUpdate("delete from member");
        insert(1, null, 101, null);
        try (Connection shard = connect("customer:-80");
                Statement statement = shard.createStatement()) {
            statement.executeUpdate("delete from member where id = 1");
        }
        sql.executeUpdate("delete from commerce.code_idx");
        assertThat(column("select mail from commerce.mail_idx")).containsExactly("m101@x");
        assertThat(column("select id from member where mail = 'm101@x'")).isEmpty();
        insert(4, null, 101, null);
        assertThat(column("select id from member where mail = 'm101@x'")).containsExactly("4");
        assertInStep();
    }

    @Test
    void transaction_seesItsOwnEntries_andRollsThemBack() throws SQLException {
        sql.executeUpdate("delete from member");
        insert(1, "Ann", 101, "Rome");
        gate.setAutoCommit(false);
        try {
            insert(4, "Bob", 104, "Rome");
            assertThat(column("select id from member where nick = 'bob'")).containsExactly("4");
            assertThat(column("select id from member where mail = 'm104@x'")).containsExactly("4");
            assertThat(sql.executeUpdate("update member set n = 7 where mail = 'm104@x'"))
                    .isEqualTo(1);
            assertThat(sql.executeUpdate("update member set n = 7 where code = 104 and n = 6"))
                    .isZero();
            sql.executeUpdate("update member set city = 'Oslo' where nick = 'bob'");
            assertThat(column("select id from member where city = 'oslo'")).containsExactly("4");
            assertThatThrownBy(() -> insert(5, "bob", 105, "Oslo"))
                    .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getErrorCode())
                            .isEqualTo(1062));
            assertThat(column("select count(*) from member"))
                    .as("the statement is undone, not the transaction")
                    .containsExactly("2");
            sql.executeUpdate("delete from member where id = 1");
            gate.rollback();
            assertThat(column("select id from member")).containsExactly("1");
            assertInStep();
            sql.executeUpdate("delete from member where nick = 'ann'");
            insert(8, "Ann2", 108, "Rome");
            gate.commit();
        } finally {
            gate.setAutoCommit(true);
        }
        assertThat(column("select id from member")).containsExactly("8");
        assertInStep();
    }

    @Test
    void updates_moveEntries_alsoToNullAndBack() throws SQLException {
        sql.executeUpdate("delete from member");
        insert(1, "Ann", 101, "Rome");
        insert(4, "Bob", 104, "Rome");
        assertThat(sql.executeUpdate("update member set city = 'Oslo', n = 1 where city = 'rome'"))
                .isEqualTo(2);
        assertThat(column("select id from member where city = 'oslo' order by id"))
                .containsExactly("1", "4");
        sql.executeUpdate("update member set nick = 'ANN' where id = 1");
        assertThat(column("select nick from member where nick = 'ann'")).containsExactly("ANN");
        sql.executeUpdate("update member set nick = 'bea' where code = 104");
        assertThat(column("select id from member where nick = 'bea'")).containsExactly("4");
        assertThat(column("select id from member where nick = 'bob'")).isEmpty();
        sql.executeUpdate("update member set mail = 'new@x' where id = 4");
        assertThat(column("select id from member where mail = 'new@x'")).containsExactly("4");
        sql.executeUpdate("delete from member where city = 'oslo' and n = 1");
        assertThat(column("select count(*) from member")).containsExactly("0");
        assertInStep();
    }

    /** A row of the model: what one MySQL would hold. */
    private record Member(String nick, long code, String city) {}

    @Test
    void randomWrites_leaveWhatOneMySqlWouldHold() throws SQLException {
        long seed = 20;
        Random random = new Random(seed);
        sql.executeUpdate("delete from member");
        Map<Long, Member> model = new HashMap<>();
        for (int i = 0; i < 250; i++) {
            long id = random.nextInt(12);
            Member member = new Member("n" + random.nextInt(8), random.nextInt(15), "c" + random.nextInt(3));
            String text = "seed " + seed + ", step " + i + ": " + id + " " + member;
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    boolean free = !model.containsKey(id) && isFree(model, id, member);
                    assertThat(succeeds(insertText(id, member.nick(), member.code(), member.city())))
                            .as(text)
                            .isEqualTo(free);
                    if (free) {
                        model.put(id, member);
                    }
                }
                case 2 -> {
                    Member old = model.get(id);
                    Member changed = old == null ? null : new Member(member.nick(), old.code(), member.city());
                    boolean free = changed == null || isFree(model, id, changed);
                    assertThat(succeeds("update member set nick = '" + member.nick() + "', city = '" + member.city()
                                    + "' where id = " + id))
                            .as(text)
                            .isEqualTo(free);
                    if (changed != null && free) {
                        model.put(id, changed);
                    }
                }
                default -> {
                    sql.executeUpdate("delete from member where nick = '" + member.nick() + "'");
                    model.values().removeIf(row -> row.nick().equals(member.nick()));
                }
            }
            assertThat(Set.copyOf(column("select id from member where city = '" + member.city() + "'")))
                    .as(text)
                    .isEqualTo(ids(model, member.city()));
        }
        assertThat(model).isNotEmpty();
        assertInStep();
    }

    private static Set<String> ids(Map<Long, Member> model, String city) {
        Set<String> ids = new TreeSet<>();
        model.forEach((id, row) -> {
            if (row.city().equals(city)) {
                ids.add(Long.toString(id));
            }
        });
        return ids;
    }

    private static boolean isFree(Map<Long, Member> model, long id, Member member) {
        return model.entrySet().stream()
                .noneMatch(row -> row.getKey() != id
                        && (row.getValue().nick().equals(member.nick())
                                || row.getValue().code() == member.code()));
    }

    private static boolean succeeds(String text) throws SQLException {
        try {
            sql.executeUpdate(text);
            return true;
        } catch (SQLException e) {
            if (e.getErrorCode() == 1062) {
                return false;
            }
            throw e;
        }
    }
}
