package io.vtsphere.sql;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The methods of {@link SqlBenchmark} by the processor time of their thread, for machines with other work on them, where elapsed time says
 * little: calls until they are compiled, then the best of some rounds.
 */
public final class SqlCpuTime {
    private static final int WARM_UP = 400_000;
    private static final int CALLS = 100_000;
    private static final int ROUNDS = 7;

    private SqlCpuTime() {}

    public static void main(String[] args) {
        SqlBenchmark benchmark = new SqlBenchmark();
        Map<String, Supplier<Object>> methods = new LinkedHashMap<>();
        methods.put("look up a point select", benchmark::lookUpPointSelect);
        methods.put("parse a point select", benchmark::parsePointSelect);
        methods.put("parse and print a point select", benchmark::printPointSelect);
        methods.put("parse TPC-H Q5", benchmark::parseTpchQ5);
        methods.put("Druid: parameterize a point select", benchmark::druidParameterizePointSelect);
        methods.put("Druid: parse a point select", benchmark::druidParsePointSelect);
        methods.put("Druid: parse TPC-H Q5", benchmark::druidParseTpchQ5);
        methods.forEach((name, method) -> System.out.printf("%-36s %8.2f µs%n", name, nanos(method) / 1000.0));
    }

    private static double nanos(Supplier<Object> method) {
        long sum = run(method, WARM_UP);
        double best = Double.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            sum += run(method, CALLS);
            long took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
            best = Math.min(best, (double) took / CALLS);
        }
        if (sum == 0) {
            throw new IllegalStateException("nothing was computed");
        }
        return best;
    }

    private static long run(Supplier<Object> method, int calls) {
        long sum = 0;
        for (int i = 0; i < calls; i++) {
            sum += System.identityHashCode(method.get()) & 1;
        }
        return sum;
    }
}
