package io.vtsphere.vindex;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * The methods of {@link VindexBenchmark} by the CPU time of their thread, which other work on the machine disturbs far less than the wall
 * clock. A program: run it with the test class path.
 */
public final class VindexCpuTime {
    private static final int WARM_UP = 300_000;
    private static final int CALLS = 200_000;
    private static final int ROUNDS = 9;

    /** Where results go, so that they are computed. */
    private Object result = "";

    private VindexCpuTime() {}

    public static void main(String[] arguments) throws Exception {
        VindexCpuTime time = new VindexCpuTime();
        for (Map.Entry<String, Callable<Object>> method : methods().entrySet()) {
            double[] nanos = time.measure(method.getValue());
            System.out.printf("%-28s %5.0f ns, median %5.0f ns%n", method.getKey(), nanos[0], nanos[ROUNDS / 2]);
        }
    }

    private static Map<String, Callable<Object>> methods() throws GeneralSecurityException {
        VindexBenchmark benchmark = new VindexBenchmark();
        benchmark.fill();
        Map<String, Callable<Object>> methods = new LinkedHashMap<>();
        methods.put("floor: JCE DES", benchmark::floorCipherDes);
        methods.put("hash", benchmark::hash);
        methods.put("floor: XXH64", benchmark::floorXxhash);
        methods.put("xxhash", benchmark::xxhash);
        methods.put("floor: MessageDigest MD5", benchmark::floorMessageDigestMd5);
        methods.put("binary_md5", benchmark::binaryMd5);
        methods.put("numeric", benchmark::numeric);
        methods.put("unicode_loose_md5", benchmark::unicodeLooseMd5);
        methods.put("unicode_loose_xxhash", benchmark::unicodeLooseXxhash);
        methods.put("unicode_loose_xxhash, mixed", benchmark::unicodeLooseXxhashAccented);
        methods.put("shard among 1,000", benchmark::shardOfId);
        return methods;
    }

    /** Nanoseconds a call, sorted. */
    private double[] measure(Callable<Object> method) throws Exception {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        call(method, WARM_UP);
        double[] nanos = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long start = threads.getCurrentThreadCpuTime();
            call(method, CALLS);
            nanos[round] = (double) (threads.getCurrentThreadCpuTime() - start) / CALLS;
        }
        Arrays.sort(nanos);
        if (result.hashCode() == 0) {
            System.out.println();
        }
        return nanos;
    }

    private void call(Callable<Object> method, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            result = method.call();
        }
    }
}
