package io.vtsphere.shardingsphere.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.Range;
import io.vtsphere.vindex.VindexRegistry;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.shardingsphere.sharding.api.sharding.complex.ComplexKeysShardingValue;
import org.apache.shardingsphere.sharding.api.sharding.hint.HintShardingValue;
import org.apache.shardingsphere.sharding.api.sharding.standard.PreciseShardingValue;
import org.apache.shardingsphere.sharding.api.sharding.standard.RangeShardingValue;
import org.apache.shardingsphere.sharding.spi.ShardingAlgorithm;
import org.junit.jupiter.api.Test;

class VindexAlgorithmTest {
    private static final List<String> TWO = List.of("ds_0", "ds_1");

    @Test
    void everyComputingVindexType_isAnAlgorithm() {
        Set<String> types = ServiceLoader.load(ShardingAlgorithm.class).stream()
                .filter(provider -> VindexAlgorithm.class.isAssignableFrom(provider.type()))
                .map(provider -> provider.get().getType())
                .collect(Collectors.toSet());
        Set<String> expected = VindexRegistry.load().types().stream()
                .filter(type -> !type.contains("lookup"))
                .map(type -> "VITESS_" + type.toUpperCase(Locale.ROOT))
                .collect(Collectors.toSet());
        expected.add("VITESS_VINDEX");
        // of the test folder of vindex-algorithms, if it is there
        expected.removeIf(type -> type.contains("SAMPLE"));
        assertThat(types).isEqualTo(expected);
    }

    @Test
    void standard_hash_goesToTheShardOfTheKeyspaceId() {
        VindexAlgorithm hash = algorithm(new VindexAlgorithms.Hash(), "shards", "-80,80-");
        // 166b40b44aba4bd6, 06e7ea22ce92708f, 4eb190c9a2fa169c, d2fd8867d50d2dfe: Vitess' own numbers
        assertThat(List.of(1L, 2, "3", 4))
                .extracting(id -> precise(hash, TWO, (Comparable<?>) id))
                .containsExactly("ds_0", "ds_0", "ds_0", "ds_1");
    }

    @Test
    void unnamedShards_followTheNumbersOfTheTargets_notTheirOrder() {
        VindexAlgorithm numeric =
                algorithm(new VindexAlgorithms.Numeric(), "shards", "-80,80-", "column-types", "BIGINT UNSIGNED");
        assertThat(precise(numeric, List.of("t_10", "t_9"), 1)).isEqualTo("t_9");
        assertThat(precise(numeric, List.of("t_10", "t_9"), -1L)).isEqualTo("t_10");
        // the same algorithm for another table's targets
        assertThat(precise(numeric, List.of("u_9", "t_10"), -1L)).isEqualTo("t_10");
        assertThat(precise(numeric, List.of("u_9", "t_10"), 1)).isEqualTo("u_9");
        refused(() -> precise(numeric, List.of("a", "b"), 1), "write target=range for each");
        refused(() -> precise(numeric, List.of("t_1", "t_2", "t_3"), 1), "2 key ranges for the targets");
        refused(() -> precise(numeric, List.of("t_01", "u_1"), 1), "write target=range for each");
    }

    @Test
    void namedShards_haveTheirTargets() {
        VindexAlgorithm hash = algorithm(new VindexAlgorithms.Hash(), "shards", "west=80-, east=-80");
        assertThat(precise(hash, List.of("west", "east", "other"), 1)).isEqualTo("east");
        refused(() -> precise(hash, List.of("west", "north"), 1), "names targets that are not among [west, north]");
    }

    @Test
    void ranges_neverPrune() {
        VindexAlgorithm numeric = algorithm(new VindexAlgorithms.Numeric(), "shards", "-80,80-");
        assertThat(numeric.doSharding(TWO, new RangeShardingValue<>("t", "id", Range.closed(1, 2))))
                .isEqualTo(TWO);
        assertThat(complex(numeric, Map.of())).containsExactlyInAnyOrderElementsOf(TWO);
    }

    @Test
    void complex_ofOneColumn_isTheUnionOfItsValues() {
        VindexAlgorithm hash = algorithm(new VindexAlgorithms.Hash(), "shards", "-80,80-");
        assertThat(complex(hash, Map.of("id", List.of(1, 2)))).containsExactly("ds_0");
        assertThat(complex(hash, Map.of("id", List.of(1, 4)))).containsExactlyInAnyOrder("ds_0", "ds_1");
        refused(() -> complex(hash, Map.of("id", List.of(1), "x", List.of(1))), "columns must name");
        VindexAlgorithm named = algorithm(new VindexAlgorithms.Hash(), "shards", "-80,80-", "columns", "id");
        assertThat(complex(named, Map.of("ID", List.of(1), "x", List.of(4)))).containsExactly("ds_0");
        assertThat(complex(named, Map.of("x", List.of(4)))).containsExactlyInAnyOrder("ds_0", "ds_1");
    }

    @Test
    void complex_multicol_mapsPrefixesToRanges() {
        VindexAlgorithm multicol = algorithm(
                new VindexAlgorithms.Multicol(),
                "shards",
                "-80,80-",
                "columns",
                "region,id",
                "column_count",
                2,
                "column_vindex",
                "numeric,hash",
                "column_bytes",
                "1,7",
                "column-types",
                "TINYINT,BIGINT");
        Map<String, List<Comparable<?>>> both = new LinkedHashMap<>();
        both.put("id", List.of(5));
        both.put("region", List.of(1));
        assertThat(complex(multicol, both)).hasSize(1).isEqualTo(complex(multicol, Map.of("region", List.of(1))));
        assertThat(complex(multicol, Map.of("id", List.of(5)))).containsExactlyInAnyOrder("ds_0", "ds_1");
        assertThat(hint(multicol, List.of(1, 5))).isEqualTo(complex(multicol, both));
        refused(() -> hint(multicol, List.of(1, 2, 3)), "is over 2 columns");
    }

    @Test
    void hint_valuesAreTheColumns() {
        VindexAlgorithm hash = algorithm(new VindexAlgorithms.Hash(), "shards", "-80,80-");
        assertThat(hint(hash, List.of("4"))).containsExactly("ds_1");
        assertThat(hint(hash, List.of(4, 1))).containsExactlyInAnyOrder("ds_0", "ds_1");
        assertThat(hint(hash, List.of())).containsExactlyInAnyOrder("ds_0", "ds_1");
    }

    @Test
    void manyCombinations_goEverywhere() {
        VindexAlgorithm hash = algorithm(new VindexAlgorithms.Hash(), "shards", "-80,80-");
        List<Comparable<?>> ones = java.util.Collections.nCopies(10_001, 1);
        assertThat(complex(hash, Map.of("id", ones))).containsExactlyInAnyOrder("ds_0", "ds_1");
    }

    @Test
    void valueWithoutKeyspaceId_isRefused() {
        VindexAlgorithm numeric = algorithm(new VindexAlgorithms.Numeric(), "shards", "-80,80-");
        refused(() -> precise(numeric, TWO, -1), "could not map [INT64(-1)] to a keyspace id by numeric");
    }

    @Test
    void init_mistakes_areNamed() {
        mistake(new VindexAlgorithms.Hash(), "VITESS_HASH: shards is missing");
        mistake(new VindexAlgorithms.Hash(), "a hole between key ranges -40 and 80-", "shards", "-40,80-");
        mistake(new VindexAlgorithms.Hash(), "names the targets of some key ranges only", "shards", "a=-80,80-");
        mistake(new VindexAlgorithms.Hash(), "names one twice", "shards", "a=-80,a=80-");
        mistake(new VindexAlgorithms.Hash(), "[sahrds] are no parameters of hash", "shards", "-", "sahrds", "-");
        mistake(new VindexAlgorithms.Hash(), "is over one column", "shards", "-", "columns", "a,b");
        mistake(new VindexAlgorithms.Hash(), "column-types: 'TIMESTAMP'", "shards", "-", "column-types", "TIMESTAMP");
        mistake(new VindexAlgorithms.Hash(), "must have 1 entries", "shards", "-", "column-types", "INT,INT");
        mistake(new VindexAlgorithms.Any(), "vindex is missing", "shards", "-");
        mistake(
                new VindexAlgorithms.Any(),
                "asks a table",
                "shards",
                "-",
                "vindex",
                "lookup",
                "table",
                "t",
                "from",
                "a",
                "to",
                "b");
        mistake(new VindexAlgorithms.Multicol(), "columns must name the 2 columns", "shards", "-", "column_count", 2);
        assertThatIllegalStateException().isThrownBy(() -> precise(new VindexAlgorithms.Hash(), TWO, 1));
    }

    private static void mistake(VindexAlgorithm algorithm, String text, Object... props) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> algorithm(algorithm, props))
                .withMessageContaining(text);
    }

    private static VindexAlgorithm algorithm(VindexAlgorithm algorithm, Object... keysAndValues) {
        Properties props = new Properties();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            props.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        algorithm.init(props);
        assertThat(algorithm.getProps()).isEqualTo(props);
        return algorithm;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static String precise(VindexAlgorithm algorithm, List<String> targets, Comparable<?> value) {
        return algorithm.doSharding(targets, new PreciseShardingValue("t", "id", value));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Collection<String> complex(VindexAlgorithm algorithm, Map<String, ? extends List<?>> values) {
        return algorithm.doSharding(TWO, new ComplexKeysShardingValue("t", values, Map.of()));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Collection<String> hint(VindexAlgorithm algorithm, List<?> values) {
        return algorithm.doSharding(TWO, new HintShardingValue("t", "id", values));
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String text) {
        assertThatThrownBy(call)
                .isInstanceOf(SQLException.class)
                .hasMessageStartingWith("VT12001: unsupported: ")
                .hasMessageContaining(text);
    }
}
