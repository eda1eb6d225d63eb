package io.vtsphere.vindex;

import io.vtsphere.sqltypes.SqlValue;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import net.openhft.hashing.LongHashFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What mapping one value costs, and, as the floor, the library call that does nothing but the hash. Run {@code org.openjdk.jmh.Main} with the
 * test class path and {@code -prof gc}; a result, a keyspace id of eight bytes, is 40 bytes, one of sixteen 48.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class VindexBenchmark {
    private static final int VALUES = 1024;

    private final SingleColumnVindex hash = vindex("hash");
    private final SingleColumnVindex xxhash = vindex("xxhash");
    private final SingleColumnVindex binaryMd5 = vindex("binary_md5");
    private final SingleColumnVindex numeric = vindex("numeric");
    private final SingleColumnVindex looseMd5 = vindex("unicode_loose_md5");
    private final SingleColumnVindex looseXxhash = vindex("unicode_loose_xxhash");
    private final SqlValue[] numbers = new SqlValue[VALUES];
    private final SqlValue[] texts = new SqlValue[VALUES];
    private final SqlValue[] accented = new SqlValue[VALUES];
    private final KeyspaceId[] ids = new KeyspaceId[VALUES];
    private final ShardIndex shards = ShardIndex.of(ShardingSpec.equalShards(1000));
    private final LongHashFunction xx = LongHashFunction.xx();
    private final byte[] block = new byte[8];
    private MessageDigest md5;
    private Cipher des;
    private int next;

    private static SingleColumnVindex vindex(String type) {
        return (SingleColumnVindex) VindexRegistry.load().create(type, type, Map.of());
    }

    @Setup
    public void fill() throws GeneralSecurityException {
        md5 = MessageDigest.getInstance("MD5");
        des = Cipher.getInstance("DES/ECB/NoPadding");
        des.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(new byte[8], "DES"));
        Random random = new Random(1);
        for (int i = 0; i < VALUES; i++) {
            numbers[i] = SqlValue.int64(random.nextInt(Integer.MAX_VALUE));
            texts[i] =
                    SqlValue.varchar(text(random, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789"));
            accented[i] = SqlValue.varchar(text(random, "abcdeéàüñöçАБВгд가나다日本語"));
            ids[i] = KeyspaceId.ofLong(random.nextLong());
        }
    }

    private static String text(Random random, String alphabet) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private int index() {
        return next++ & VALUES - 1;
    }

    @Benchmark
    public Destination hash() {
        return hash.map(numbers[index()]);
    }

    @Benchmark
    public Destination xxhash() {
        return xxhash.map(numbers[index()]);
    }

    @Benchmark
    public Destination binaryMd5() {
        return binaryMd5.map(numbers[index()]);
    }

    @Benchmark
    public Destination numeric() {
        return numeric.map(numbers[index()]);
    }

    @Benchmark
    public Destination unicodeLooseMd5() {
        return looseMd5.map(texts[index()]);
    }

    @Benchmark
    public Destination unicodeLooseXxhash() {
        return looseXxhash.map(texts[index()]);
    }

    @Benchmark
    public Destination unicodeLooseXxhashAccented() {
        return looseXxhash.map(accented[index()]);
    }

    @Benchmark
    public int shardOfId() {
        return shards.find(ids[index()]);
    }

    @Benchmark
    public byte[] floorMessageDigestMd5() {
        return md5.digest(numbers[index()].bytes());
    }

    @Benchmark
    public byte[] floorCipherDes() throws GeneralSecurityException {
        Bytes.putLong(block, 0, index());
        return des.doFinal(block);
    }

    @Benchmark
    public long floorXxhash() {
        return xx.hashBytes(numbers[index()].bytes());
    }
}
