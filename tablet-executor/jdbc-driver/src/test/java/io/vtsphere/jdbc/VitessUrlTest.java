package io.vtsphere.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vtsphere.topo.TabletType;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VitessUrlTest {
    @ParameterizedTest
    @CsvSource({
        "jdbc:vitess://customer/-80@primary, customer:-80@primary",
        "jdbc:mysql:vitess://customer/80-@REPLICA, customer:80-@replica",
        "jdbc:vitess://commerce/0, commerce:0",
        "jdbc:mysql:vitess://commerce/0@replica|zone1-101?cell=zone1, commerce:0@replica|zone1-0000000101",
        "jdbc:vitess://commerce, commerce",
        "jdbc:vitess://commerce@rdonly?cell=zone1, commerce@rdonly",
        "jdbc:vitess://commerce/, commerce"
    })
    void parse_target(String url, String target) throws SQLException {
        assertThat(VitessUrl.accepts(url)).isTrue();
        assertThat(VitessUrl.parse(url, new Properties()).target()).isEqualTo(target);
    }

    @Test
    void parse_keys_areTheGatesOrConnectorJs_andPropertiesWin() throws SQLException {
        Properties info = new Properties();
        info.setProperty("user", "app");
        info.setProperty("password", "secret");
        info.setProperty("cell", "zone2");
        VitessUrl url = VitessUrl.parse(
                "jdbc:vitess://customer/-80@replica?cell=zone1&topo-global-root=%2Fvitess%2Fglobal&socketTimeout=5&user=x",
                info);
        assertThat(url.gate()).isEqualTo(Map.of("cell", "zone2", "topo-global-root", "/vitess/global"));
        assertThat(url.driver()).isEqualTo(Map.of("socketTimeout", "5"));
        assertThat(url.user()).isEqualTo("app");
        assertThat(url.text()).isEqualTo("jdbc:vitess://customer/-80@replica");
        assertThat(url.type()).isEqualTo(TabletType.REPLICA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:vitess:customer",
                "jdbc:vitess://",
                "jdbc:vitess://a/b/c",
                "jdbc:vitess://customer@nosuch",
                "jdbc:vitess://customer@drained",
                "jdbc:vitess://customer/0@replica|",
                "jdbc:vitess://customer/0@replica|nosuch",
                "jdbc:vitess://customer/0|zone1-101",
                "jdbc:vitess://customer@replica|zone1-101",
                "jdbc:vitess://customer?cell",
                "jdbc:vitess://customer?=x",
                "jdbc:vitess://customer?a=%zz"
            })
    void parse_wrong_isAConnectionError(String url) {
        assertThat(VitessUrl.accepts(url)).isTrue();
        assertThatThrownBy(() -> VitessUrl.parse(url, new Properties()))
                .isInstanceOf(SQLException.class)
                .hasMessageStartingWith("jdbc:vitess: ")
                .hasFieldOrPropertyWithValue("SQLState", "08001");
    }

    @Test
    void sibling_isAnotherShardOrTabletOfTheKeyspace() throws SQLException {
        VitessUrl url = VitessUrl.parse("jdbc:mysql:vitess://customer/-80@primary?cell=zone1", new Properties());
        assertThat(url.path()).isEqualTo("-80@primary");
        assertThat(url.sibling("80-@replica")).isEqualTo("customer:80-@replica");
        assertThat(url.sibling("80-@replica|zone1-101")).isEqualTo("customer:80-@replica|zone1-0000000101");
        assertThat(url.sibling("80-@nosuch")).isNull();
        assertThat(url.sibling("commerce/0@primary")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:mysql://h/d", "jdbc:vites://h", "vitess://h"})
    void accepts_others_no(String url) throws SQLException {
        assertThat(VitessUrl.accepts(url)).isFalse();
        assertThat(new VitessDriver().connect(url, new Properties())).isNull();
    }
}
