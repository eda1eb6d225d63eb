package io.vtsphere.shardingsphere.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vtsphere.gateway.Way;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.Target;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class HealthBalanceTest {
    private static final Target REPLICA = new Target("commerce", "0", TabletType.REPLICA);
    private static final String TARGETS =
            "a=commerce/0@replica|zone1-101, b = commerce/0@replica|zone1-0000000102 ,any=commerce/0@replica,p=commerce/0";

    /** The ways among which a choice was made. */
    private final List<List<Way>> asked = new ArrayList<>();
    /** Aliases, or types of ways without one, that are well. */
    private final List<String> well = new ArrayList<>();

    private HealthBalance balance() throws SQLException {
        return new HealthBalance(HealthBalance.targets(TARGETS), ways -> {
            asked.add(List.copyOf(ways));
            for (int i = 0; i < ways.size(); i++) {
                TabletAlias alias = ways.get(i).alias();
                if (well.contains(alias == null ? ways.get(i).target().type().lower() : alias.toString())) {
                    return i;
                }
            }
            return -1;
        });
    }

    @Test
    void targets_areReadAsInUrls() throws SQLException {
        assertThat(HealthBalance.targets(TARGETS))
                .isEqualTo(Map.of(
                        "a", new Way(REPLICA, TabletAlias.parse("zone1-101")),
                        "b", new Way(REPLICA, TabletAlias.parse("zone1-102")),
                        "any", new Way(REPLICA, null),
                        "p", new Way(new Target("commerce", "0", TabletType.PRIMARY), null)));
    }

    @Test
    void choose_aHealthyOneOfThoseAvailable() throws SQLException {
        well.addAll(List.of("zone1-0000000102", "primary"));
        assertThat(balance().choose(List.of("a", "b"), "p")).isEqualTo("b");
        assertThat(asked)
                .containsExactly(List.of(
                        new Way(REPLICA, TabletAlias.parse("zone1-101")),
                        new Way(REPLICA, TabletAlias.parse("zone1-102"))));
    }

    @Test
    void choose_aPrimaryOnlyWhenNoOtherIsWell() throws SQLException {
        well.addAll(List.of("zone1-0000000101", "primary"));
        HealthBalance balance = balance();
        assertThat(balance.choose(List.of("p", "a"), null)).isEqualTo("a");
        well.remove("zone1-0000000101");
        assertThat(balance.choose(List.of("p", "a"), null)).isEqualTo("p");
    }

    @Test
    void choose_nobodyIsWell() throws SQLException {
        HealthBalance balance = balance();
        assertThat(balance.choose(List.of("a", "any"), "write")).isEqualTo("write");
        assertThatThrownBy(() -> balance.choose(List.of("a", "p"), null))
                .isInstanceOf(SQLException.class)
                .hasMessage("VITESS_HEALTH: no healthy tablet available behind the data sources [a, p]");
    }

    @Test
    void mistakes_areNamed() throws SQLException {
        HealthBalance balance = balance();
        assertThatThrownBy(() -> balance.choose(List.of("a", "x"), "p"))
                .isInstanceOf(SQLException.class)
                .hasMessage("VITESS_HEALTH: data source x is not among the targets [a, any, b, p]");
        balance.check(List.of("a", "p"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> balance.check(List.of("a", "x")))
                .withMessageContaining("data source x");
        mistake("targets must be", "cell", "zone1");
        mistake("targets must be", "targets", "a");
        mistake("has a twice", "targets", "a=c/0@replica,a=c/0@rdonly");
        mistake("'nosuch' is not primary", "targets", "a=c/0@nosuch");
        mistake("is not <keyspace>/<shard>", "targets", "a=commerce");
        mistake("topo-global-server-address", "targets", "a=c/0@replica");
        mistake(
                "nosuch-key",
                "targets",
                "a=c/0@replica",
                "nosuch-key",
                "1",
                "topo-global-server-address",
                "127.0.0.1:1",
                "topo-global-root",
                "/vitess/global",
                "cell",
                "zone1");
    }

    private static void mistake(String text, String... keysAndValues) {
        Properties props = new Properties();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            props.setProperty(keysAndValues[i], keysAndValues[i + 1]);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HealthBalance.of(props))
                .withMessageContaining(text)
                .withMessageContaining("VITESS_HEALTH");
    }
}
