package io.vtsphere.sql;

import com.alibaba.druid.DbType;
import com.alibaba.druid.sql.SQLUtils;
import com.alibaba.druid.sql.visitor.ParameterizedOutputVisitorUtils;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a statement costs: the whole parse, and the look-up of a plan that is cached; beside it what it costs with Druid. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SqlBenchmark {
    private static final String POINT_SELECT = "select customer_id, email from customer where customer_id = 12345";
    private static final String TPCH_Q5 = """
            select n_name, sum(l_extendedprice * (1 - l_discount)) as revenue
            from customer, orders, lineitem, supplier, nation, region
            where c_custkey = o_custkey and l_orderkey = o_orderkey and l_suppkey = s_suppkey and c_nationkey = s_nationkey
              and s_nationkey = n_nationkey and n_regionkey = r_regionkey and r_name = 'ASIA'
              and o_orderdate >= date '1994-01-01' and o_orderdate < date '1994-01-01' + interval '1' year
            group by n_name order by revenue desc""";

    private final Map<String, Shape> shapes = new HashMap<>();
    private final Map<String, Integer> plans = new HashMap<>();

    public SqlBenchmark() {
        Fingerprint fingerprint = SqlNormalizer.fingerprint(POINT_SELECT, SqlModes.DEFAULT);
        Shape shape = SqlNormalizer.normalize(POINT_SELECT, SqlModes.DEFAULT).shape();
        shapes.put(String.valueOf(fingerprint.key()), shape);
        plans.put(shape.planKey(fingerprint), 1);
    }

    @Benchmark
    public Object parsePointSelect() {
        return SqlParser.parse(POINT_SELECT);
    }

    @Benchmark
    public Object parseTpchQ5() {
        return SqlParser.parse(TPCH_Q5);
    }

    @Benchmark
    public Object printPointSelect() {
        return SqlPrinter.print(SqlParser.parse(POINT_SELECT));
    }

    @Benchmark
    public List<BoundValue> lookUpPointSelect() {
        Fingerprint fingerprint = SqlNormalizer.fingerprint(POINT_SELECT, SqlModes.DEFAULT);
        Shape shape = shapes.get(String.valueOf(fingerprint.key()));
        if (shape == null || plans.get(shape.planKey(fingerprint)) == null) {
            throw new IllegalStateException("not cached");
        }
        return shape.values(fingerprint);
    }

    @Benchmark
    public Object druidParsePointSelect() {
        return SQLUtils.parseSingleMysqlStatement(POINT_SELECT);
    }

    @Benchmark
    public Object druidParseTpchQ5() {
        return SQLUtils.parseSingleMysqlStatement(TPCH_Q5);
    }

    @Benchmark
    public String druidParameterizePointSelect() {
        return ParameterizedOutputVisitorUtils.parameterize(POINT_SELECT, DbType.mysql);
    }
}
