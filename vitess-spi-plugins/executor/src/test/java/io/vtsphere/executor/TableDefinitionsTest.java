package io.vtsphere.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.vtsphere.executor.TableDefinitions.Definition;
import io.vtsphere.executor.TableDefinitions.Key;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.topo.TabletType;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TableDefinitionsTest {
    private static final Key KEY = new Key("customer", TabletType.PRIMARY, "", "orders");

    private final AtomicLong now = new AtomicLong();
    private final TableDefinitions definitions = new TableDefinitions(now::get);
    private final Definition definition = new Definition(List.of(), "");

    @Test
    void find_untilItIsTooOld() {
        definitions.add(KEY, definition, definitions.changes());
        now.addAndGet(TableDefinitions.KEPT.toNanos() - 1);
        assertThat(definitions.find(KEY)).isSameAs(definition);
        now.addAndGet(1);
        assertThat(definitions.find(KEY)).isNull();
    }

    @Test
    void find_anotherTabletTypeOrSetting_isAnotherDefinition() {
        definitions.add(KEY, definition, definitions.changes());
        assertThat(definitions.find(new Key("customer", TabletType.REPLICA, "", "orders")))
                .isNull();
        assertThat(definitions.find(new Key("customer", TabletType.PRIMARY, "SET_VAR(sql_mode='ANSI')", "orders")))
                .isNull();
    }

    @Test
    void changed_forgetsEverything_alsoWhatWasAskedBefore() {
        definitions.add(KEY, definition, definitions.changes());
        long asked = definitions.changes();
        definitions.changed();
        assertThat(definitions.find(KEY)).isNull();
        definitions.add(KEY, definition, asked);
        definitions.addFields(KEY, List.of(), asked);
        assertThat(definitions.find(KEY)).isNull();
        assertThat(definitions.findFields(KEY)).isNull();
    }

    @Test
    void isStill_fieldsOfAnotherType_areNot() {
        assertThat(definition.isStill("`a`", Results.field("a", SqlType.INT32))).isTrue();
        assertThat(definition.isStill("`a`", Results.field("a", SqlType.INT32))).isTrue();
        assertThat(definition.isStill("`b`", Results.field("b", SqlType.INT64))).isTrue();
        assertThat(definition.isStill("`a`", Results.field("a", SqlType.INT64))).isFalse();
    }
}
