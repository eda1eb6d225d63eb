package io.vtsphere.distribution.differential;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tables and a few rows for the statements of TPC-H, TPC-C and of an object-relational mapper, the same ones for the same seed. */
final class Workload {
    private final String workload;
    private final Random random;
    private final List<String> inserts = new ArrayList<>();

    private Workload(String workload, long seed) {
        this.workload = workload;
        this.random = new Random(seed);
    }

    static List<String> tables(String workload) {
        return switch (workload) {
            case "tpch" ->
                List.of(
                        "create table customer (c_custkey bigint primary key, c_name varchar(25), c_address varchar(40), c_nationkey int, c_phone char(15), c_acctbal decimal(15,2), c_mktsegment char(10), c_comment varchar(117))",
                        "create table orders (o_orderkey bigint primary key, o_custkey bigint, o_orderstatus char(1), o_totalprice decimal(15,2), o_orderdate date, o_orderpriority char(15), o_clerk char(15), o_shippriority int, o_comment varchar(79))",
                        "create table lineitem (l_orderkey bigint, l_partkey bigint, l_suppkey bigint, l_linenumber int, l_quantity decimal(15,2), l_extendedprice decimal(15,2), l_discount decimal(15,2), l_tax decimal(15,2), l_returnflag char(1), l_linestatus char(1), l_shipdate date, l_commitdate date, l_receiptdate date, l_shipinstruct char(25), l_shipmode char(10), l_comment varchar(44), primary key (l_orderkey, l_linenumber))",
                        "create table part (p_partkey bigint primary key, p_name varchar(55), p_mfgr char(25), p_brand char(10), p_type varchar(25), p_size int, p_container char(10), p_retailprice decimal(15,2), p_comment varchar(23))",
                        "create table partsupp (ps_partkey bigint, ps_suppkey bigint, ps_availqty int, ps_supplycost decimal(15,2), ps_comment varchar(199), primary key (ps_partkey, ps_suppkey))",
                        "create table supplier (s_suppkey bigint primary key, s_name char(25), s_address varchar(40), s_nationkey int, s_phone char(15), s_acctbal decimal(15,2), s_comment varchar(101))",
                        "create table nation (n_nationkey int primary key, n_name char(25), n_regionkey int, n_comment varchar(152))",
                        "create table region (r_regionkey int primary key, r_name char(25), r_comment varchar(152))");
            case "tpcc" ->
                List.of(
                        "create table warehouse (w_id int primary key, w_name varchar(10), w_street_1 varchar(20), w_street_2 varchar(20), w_city varchar(20), w_state char(2), w_zip char(9), w_tax decimal(4,4), w_ytd decimal(12,2))",
                        "create table district (d_id int, d_w_id int, d_name varchar(10), d_street_1 varchar(20), d_street_2 varchar(20), d_city varchar(20), d_state char(2), d_zip char(9), d_tax decimal(4,4), d_ytd decimal(12,2), d_next_o_id int, primary key (d_w_id, d_id))",
                        "create table customer (c_id int, c_d_id int, c_w_id int, c_first varchar(16), c_middle char(2), c_last varchar(16), c_street_1 varchar(20), c_street_2 varchar(20), c_city varchar(20), c_state char(2), c_zip char(9), c_phone char(16), c_since datetime, c_credit char(2), c_credit_lim decimal(12,2), c_discount decimal(4,4), c_balance decimal(12,2), c_ytd_payment decimal(12,2), c_payment_cnt int, c_delivery_cnt int, c_data varchar(500), primary key (c_w_id, c_d_id, c_id))",
                        "create table history (h_c_id int, h_c_d_id int, h_c_w_id int, h_d_id int, h_w_id int, h_date datetime, h_amount decimal(6,2), h_data varchar(24))",
                        "create table new_orders (no_o_id int, no_d_id int, no_w_id int, primary key (no_w_id, no_d_id, no_o_id))",
                        "create table orders (o_id int, o_d_id int, o_w_id int, o_c_id int, o_entry_d datetime, o_carrier_id int, o_ol_cnt int, o_all_local int, primary key (o_w_id, o_d_id, o_id))",
                        "create table order_line (ol_o_id int, ol_d_id int, ol_w_id int, ol_number int, ol_i_id int, ol_supply_w_id int, ol_delivery_d datetime, ol_quantity int, ol_amount decimal(6,2), ol_dist_info char(24), primary key (ol_w_id, ol_d_id, ol_o_id, ol_number))",
                        "create table stock (s_i_id int, s_w_id int, s_quantity int, s_dist_02 char(24), s_ytd int, s_order_cnt int, s_remote_cnt int, s_data varchar(50), primary key (s_w_id, s_i_id))",
                        "create table item (i_id int primary key, i_im_id int, i_name varchar(24), i_price decimal(5,2), i_data varchar(50))");
            default ->
                List.of(
                        "create table users (id bigint primary key, email varchar(60), name varchar(40), created_at datetime, team_id bigint)",
                        "create table posts (id bigint, user_id bigint, title varchar(60), status enum('draft', 'live', 'old'), published_at datetime, primary key (id, user_id))",
                        "create table comments (id bigint, post_id bigint, user_id bigint, body text, primary key (id, post_id))",
                        "create table tags (name varchar(20) primary key)",
                        "create table taggings (id bigint, post_id bigint, tag_name varchar(20), primary key (id, post_id))",
                        "create table countries (id int primary key, name varchar(40))");
        };
    }

    /** INSERT statements of all rows. */
    static List<String> rows(String workload, long seed) {
        Workload rows = new Workload(workload, seed);
        switch (workload) {
            case "tpch" -> rows.tpch();
            case "tpcc" -> rows.tpcc();
            default -> rows.orm();
        }
        return rows.inserts;
    }

    private void tpch() {
        String[] regions = {"AFRICA", "AMERICA", "ASIA", "EUROPE"};
        String[] nations = {"BRAZIL", "CANADA", "FRANCE", "GERMANY", "SAUDI ARABIA", "INDIA"};
        int[] regionOf = {1, 1, 3, 3, 0, 2};
        insert("region", 4, i -> i + ", '" + regions[i] + "', ''");
        insert("nation", 6, i -> i + ", '" + nations[i] + "', " + regionOf[i] + ", ''");
        insert(
                "supplier",
                10,
                i -> i + ", 'Supplier" + i + "', 'addr" + i + "', " + below(6) + ", '" + i + "-555', " + money(9000)
                        + ", " + any("'fine'", "'x Customer y Complaints'", "''"));
        insert(
                "part",
                30,
                i -> i + ", " + any("'forest green'", "'forest'", "'light green'", "'red'") + ", 'M" + below(3) + "', "
                        + any("'Brand#12'", "'Brand#23'", "'Brand#45'") + ", "
                        + any("'LARGE BRASS'", "'ECONOMY ANODIZED STEEL'", "'PROMO TIN'", "'MEDIUM POLISHED TIN'")
                        + ", "
                        + any("15", "3", "9", "1", "5") + ", " + any("'MED BOX'", "'SM CASE'") + ", " + money(900)
                        + ", ''");
        insert(
                "partsupp",
                90,
                i -> i % 30 + ", " + (i % 30 + i / 30 * 3) % 10 + ", " + (1 + below(60)) + ", " + money(900) + ", ''");
        insert(
                "customer",
                30,
                i -> i + ", 'Customer" + i + "', 'a" + i + "', " + below(6) + ", '" + any("13", "31", "23", "20") + "-"
                        + i + "', " + money(5000) + ", " + any("'BUILDING'", "'AUTO'") + ", ''");
        insert(
                "orders",
                80,
                i -> i + ", " + below(24) + ", " + any("'F'", "'O'") + ", " + money(90000) + ", " + day(1993, 4) + ", "
                        + any("'1-URGENT'", "'2-HIGH'", "'5-LOW'") + ", '', 0, " + any("''", "'special x requests'"));
        insert(
                "lineitem",
                300,
                i -> i % 80 + ", " + below(30) + ", " + below(10) + ", " + i / 80 + ", " + (1 + below(120)) + ", "
                        + money(9000) + ", 0.0" + below(9) + ", 0.0" + below(9) + ", " + any("'R'", "'A'", "'N'") + ", "
                        + any("'F'", "'O'") + ", "
                        + day(1993, 4) + ", " + day(1993, 4) + ", " + day(1993, 4) + ", 'NONE', "
                        + any("'MAIL'", "'SHIP'", "'AIR'", "'AIR REG'") + ", ''");
    }

    private void tpcc() {
        insert("warehouse", 3, i -> i + ", 'w" + i + "', 's', 't', 'c', 'ST', '1', 0.1" + i + ", " + money(900));
        insert("item", 10, i -> i + ", 1, 'item" + i + "', " + money(90) + ", 'd'");
        insert(
                "district",
                6,
                i -> i % 2 + 1 + ", " + i / 2 + ", 'd', 's', 't', 'c', 'ST', '1', 0.05, " + money(900) + ", 3001");
        insert(
                "customer",
                24,
                i -> i % 4 + 1 + ", " + (i / 4 % 2 + 1) + ", " + i / 8 + ", 'f" + i + "', 'OE', "
                        + any("'BARBARBAR'", "'BARBAROUGHT'")
                        + ", 's', 't', 'c', 'ST', '1', '5', '2020-01-01', 'GC', 50000, 0.1, -10, 10, 1, 0, 'd'");
        insert("stock", 30, i -> i % 10 + ", " + i / 10 + ", " + (5 + below(20)) + ", 'dist', 0, 0, 0, 'data'");
        insert(
                "orders",
                24,
                i -> 2990 + i % 4 + ", " + (i / 4 % 2 + 1) + ", " + i / 8 + ", " + (1 + below(4))
                        + ", '2020-01-01', null, 2, 1");
        insert("new_orders", 12, i -> (i == 3 ? 2101 : 2992 + i % 2) + ", " + (i / 2 % 2 + 1) + ", " + i / 4);
        insert(
                "order_line",
                48,
                i -> 2990 + i / 2 % 4 + ", " + (i / 8 % 2 + 1) + ", " + i / 16 + ", " + i % 2 + ", " + below(10) + ", "
                        + i / 16 + ", null, 5, " + money(90) + ", 'dist'");
    }

    private void orm() {
        insert("countries", 3, i -> i + ", 'c" + i + "'");
        insert(
                "users",
                9,
                i -> i + ", " + (i == 4 ? "'a@b.c'" : "'u" + i + "@x.org'") + ", "
                        + any("'ann'", "'Al'", "'bob'", "null") + ", '2024-0" + (1 + below(3)) + "-01 00:00:00', "
                        + any("1", "2", "null"));
        insert(
                "posts",
                60,
                i -> i + ", " + below(10) + ", " + any("'a post'", "'Another'", "'zzz'") + ", "
                        + any("'live'", "'live'", "'draft'", "'old'") + ", '2024-0" + (1 + below(9)) + "-01 10:00:"
                        + (10 + i % 50) + "'");
        insert("comments", 40, i -> i + ", " + below(40) + ", " + below(12) + ", 'body'");
        insert("tags", 5, i -> "'tag" + i + "'");
        insert("taggings", 30, i -> i + ", " + below(60) + ", 'tag" + below(5) + "'");
    }

    private void insert(String table, int count, IntFunction<String> row) {
        inserts.add("insert into " + table + " (" + columns(table) + ") values "
                + IntStream.range(0, count)
                        .mapToObj(i -> "(" + row.apply(i) + ")")
                        .collect(Collectors.joining(", ")));
    }

    /** As the definition of the table lists them. */
    private String columns(String table) {
        String start = "create table " + table + " (";
        String definition = tables(workload).stream()
                .filter(sql -> sql.startsWith(start))
                .findFirst()
                .orElseThrow();
        return Stream.of(definition
                        .substring(start.length())
                        .replaceAll(", primary key \\(.*", "")
                        .split(", (?=[a-z])"))
                .map(column -> column.substring(0, column.indexOf(' ')))
                .collect(Collectors.joining(", "));
    }

    private int below(int bound) {
        return random.nextInt(bound);
    }

    private String money(int bound) {
        return BigDecimal.valueOf(random.nextInt(bound * 100), 2).toString();
    }

    private String day(int year, int years) {
        return "'" + LocalDate.of(year, 1, 1).plusDays(random.nextInt(365 * years)) + "'";
    }

    private String any(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
