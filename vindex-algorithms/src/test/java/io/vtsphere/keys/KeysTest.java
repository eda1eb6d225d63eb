package io.vtsphere.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeysTest {
    private enum Colour {
        RED,
        GREEN
    }

    private static String name(Colour colour) {
        return colour.name().toLowerCase(Locale.ROOT);
    }

    @Test
    void values_areReadAsWhatTheyAreToBe() {
        Keys keys = new Keys(Map.of(
                "text", " a ",
                "number", 7,
                "flag", "TRUE",
                "time", "1m30s",
                "list", "a, b",
                "names", List.of("c", "d"),
                "colour", "green"));
        assertThat(keys.text("text")).isEqualTo("a");
        assertThat(keys.integer("number", 1)).isEqualTo(7);
        assertThat(keys.flag("flag", false)).isTrue();
        assertThat(keys.duration("time", Duration.ZERO)).isEqualTo(Duration.ofSeconds(90));
        assertThat(keys.list("list")).containsExactly("a", "b");
        assertThat(keys.list("names")).containsExactly("c", "d");
        assertThat(keys.choice("colour", Colour.RED, Colour.values(), KeysTest::name))
                .isEqualTo(Colour.GREEN);
        keys.refuseUnused("nobody");
    }

    @Test
    void absentOrEmptyValues_areTheDefault() {
        Keys keys = new Keys(Map.of("empty", " ", "none", "", "list", " "));
        assertThat(keys.text("empty")).isNull();
        assertThat(keys.text("none", "b")).isEqualTo("b");
        assertThat(keys.list("list")).isEmpty();
        assertThat(keys.integer("absent", 3)).isEqualTo(3);
        assertThat(keys.choice("absent", Colour.RED, Colour.values(), KeysTest::name))
                .isEqualTo(Colour.RED);
    }

    @Test
    void wrongValues_areRefusedWithTheirKey() {
        Keys keys = new Keys(Map.of(
                "number", "x", "flag", "maybe", "time", "soon", "list", "a,,b", "colour", "blue", "map", Map.of()));
        assertThatThrownBy(() -> keys.integer("number", 1)).hasMessage("number must be a whole number: 'x'");
        assertThatThrownBy(() -> keys.flag("flag", true)).hasMessage("flag must be true or false: 'maybe'");
        assertThatThrownBy(() -> keys.duration("time", Duration.ZERO))
                .hasMessage("time must be a duration such as 500ms or 1m30s: 'soon'");
        assertThatThrownBy(() -> keys.list("list")).hasMessage("list has an empty member: 'a,,b'");
        assertThatThrownBy(() -> keys.choice("colour", Colour.RED, Colour.values(), KeysTest::name))
                .hasMessage("colour must be one of red, green: 'blue'");
        assertThatThrownBy(() -> keys.text("map")).hasMessage("map must be a plain value: '{}'");
        assertThatThrownBy(() -> keys.required("absent")).hasMessage("absent must be set");
    }

    @Test
    void whatNobodyTook_isHandedOn_orRefused() {
        Keys keys = new Keys(Map.of("ours", 1, "theirs", List.of("a", "b"), "others", true));
        assertThat(keys.integer("ours", 0)).isEqualTo(1);
        assertThat(keys.taken(List.of("theirs", "absent"))).containsExactly(Map.entry("theirs", "a,b"));
        assertThat(keys.rest()).containsExactly(Map.entry("others", "true"));
        assertThatThrownBy(() -> keys.refuseUnused("the gate")).hasMessage("unknown keys of the gate: [others]");
    }
}
